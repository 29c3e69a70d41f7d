"""A line sitting on a real terminal: the same supervisor, the same ways out, the same record."""

from __future__ import annotations

import pytest

from kiosk.vault.numbers import valid
from tests.command_line import kiosk as command
from tests.terminal.conftest import Start
from tests.terminal.console import UNTIL_QUIET, Console
from tests.terminal.glass import RESET
from tests.terminal.left import Left
from tests.terminal.test_whole_way import NUMBERED
from tests.terminal.way import HARMS, NEEDS, PARTS, PASS, START, W, go, head, through, title

KNOW = next(index for index, each in enumerate(PARTS) if each.id == "what-i-know")
OWN = len(PARTS[KNOW].lines) + 1
"""The number of the first line of her own."""


def said(*lines: str) -> bytes:
    """Lines as they are typed, each with Enter."""
    return b"".join(line.encode() + b"\r" for line in lines)


def awake(console: Console) -> None:
    """Wait until the home page answers: after an end keys are dropped for a while."""
    console.wait_for(START)
    console.insist(
        lambda: console.send(b"\x15" + said("sort")),
        lambda: W("sorted-by-kind") in console.screen_text(),
        "a home page that answers",
        UNTIL_QUIET,
    )


def planned(canary: str) -> tuple[tuple[bytes, str], ...]:
    """The way from the home page to a plan with a line of her own that has the canary in it."""
    return (
        (said("1", "", "1", "", "", "1"), title("safe-now")),
        (said("1", "2"), W("plan-title")),
        (said(str(KNOW + 1), str(OWN)), W("line-type-here")),
        (canary.encode(), f"> {canary}"),
    )


def test_the_whole_way_by_words(start_kiosk: Start, canary: str) -> None:
    """From the home page to a kept record by typed words alone; no mode of a full screen is ever set."""
    console = start_kiosk("--line", rows=60)
    console.wait_for(START)
    go(console, planned(canary))
    go(console, ((b"\r", f"{W('line-own')} ({W('line-chosen')})"), (said("", ""), W("take-title"))))
    assert canary not in console.screen_text() + console.history_text()
    go(
        console,
        (
            (said("show"), canary),
            (said("1"), W("deck-title")),
            (said(""), title("yes")),
            (said("4"), title(NEEDS[0].id)),
        ),
    )
    for each in (*through(NEEDS), (b"", title("pathway"))):
        go(console, ((said(W("rather-not")), each[1]),))
    go(console, ((said("1"), title("release")), (said("1"), title("review-title"))))
    console.wait_for(W("number-not-yet", number="").split(".")[0].strip())
    told = NUMBERED.findall(console.screen_text())
    assert console.kept() == []
    go(console, ((said("keep"), W("kept-title")),))
    number = int(NUMBERED.findall(console.screen_text())[0].replace(" ", ""))
    assert number == int(told[-1].replace(" ", "")) and valid(number)
    assert console.kept() == [number]
    go(console, ((said(""), head(W("kept-sure"))), (PASS, W("closing-kept")), (said(""), START)))
    awake(console)
    assert console.until_ended("ctrl+q") == 0
    assert console.modes_now() == console.modes
    assert console.screen_text() == ""
    for mode in (b"?1049h", b"?1000h", b"?1003h", b"?2004h", b"?1004h", b">25u"):
        assert mode not in console.log


def by_escapes(console: Console) -> None:
    for _ in range(3):
        console.press("escape")
        console.taken()


def by_command(console: Console) -> None:
    answer = command("panic", cwd=console.home.parent, KIOSK_HOME=str(console.home))
    assert (answer.returncode, answer.stdout) == (0, "1 kiosk left.\n")


def test_every_way_out_is_the_same_end(start_kiosk: Start, canary: str) -> None:
    """P2, P3: F12, Esc three times, a key set here, `kiosk panic`, `leave`, Ctrl+D: nothing of a private line stays."""
    console = start_kiosk("--line", panic_key="f8", rows=40)
    ways = [
        lambda: console.press("f12"),
        lambda: by_escapes(console),
        lambda: console.press("f8"),
        lambda: by_command(console),
        lambda: console.send(b"\x15" + said("leave")),
        lambda: console.send(b"\x15\x04"),
    ]
    for way in ways:
        awake(console)
        go(console, planned(canary))
        left = Left(console, canary)
        way()
        left.check()
    assert console.kept() == []


def test_panic_paints_the_page_that_the_next_visitor_gets(start_kiosk: Start) -> None:
    """Frames: after a change of size, what panic shows is the line home page at that size, whole, with its prompt."""
    console = start_kiosk("--line")
    awake(console)
    go(console, ((said("1", "", "1", "", ""), title(HARMS[0].id)),))
    console.resize(60, 20)
    console.wait(lambda: len(console.sitting_pids()) == 2, "a standby")
    mark = len(console.log)
    console.press("f12")
    console.wait(lambda: console.log.find(RESET, mark) >= 0, "the cleared glass")
    console.wait_for(f"{W('start')}: 1. >")
    assert console.lines()[-1].startswith(">") or console.lines()[-2].startswith(">")
    awake(console)


@pytest.mark.parametrize("arguments", [("--line", "--practice")])
def test_practice(start_kiosk: Start, arguments: tuple[str, ...]) -> None:
    """`--practice --line`: the banner on the page, nothing stored."""
    console = start_kiosk(*arguments)
    console.wait_for(W("practice-banner"))
    awake(console)
    assert console.kept() == []
