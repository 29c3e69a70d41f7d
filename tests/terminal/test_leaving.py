"""Every way out of a visit leads to the same end: the home page, her process gone, the next visitor served (P3)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.config import IDLE_SECONDS
from tests.command_line import kiosk as command
from tests.terminal.conftest import Start
from tests.terminal.console import Console
from tests.terminal.left import Left
from tests.terminal.way import START, WAY_IN, YES, W, go, head, served, title


def by_button(console: Console) -> None:
    console.click(*console.find(W("leave-now")))


def by_escapes(console: Console) -> None:
    for _ in range(3):
        console.press("escape")
        console.taken()


def by_command(console: Console) -> None:
    said = command("panic", cwd=console.home.parent, KIOSK_HOME=str(console.home))
    assert (said.returncode, said.stdout) == (0, "1 kiosk left.\n")


def by_choice(console: Console) -> None:
    console.send(b"6\r")


def by_hint(console: Console) -> None:
    console.click(*console.find(f"F12 {W('key-leave')}"))


WAYS: dict[str, Callable[[Console], None]] = {
    "F12": lambda console: console.press("f12"),
    "Esc three times": by_escapes,
    "the button on every page": by_button,
    "the key's name in the last line": by_hint,
    "kiosk panic": by_command,
    "a choice of the yes protocol": by_choice,
}


@pytest.mark.parametrize("way", WAYS)
def test_leaving(start_kiosk: Start, way: str) -> None:
    """P3, D1: whichever way she takes, nothing of her visit stays, and the next visitor is served."""
    console = start_kiosk()
    go(console, YES)
    left = Left(console, title("yes"))
    WAYS[way](console)
    left.check()
    served(console)
    assert console.kept() == []


def test_trying_it_before_anything_was_said(start_kiosk: Start) -> None:
    """P12: the page that explains leaving lets her try it, and it is the real thing."""
    console = start_kiosk()
    go(console, ((WAY_IN, title("leaving")),))
    left = Left(console, title("leaving"))
    console.click(*console.find(W("try-leaving")))
    left.check()
    served(console)


def test_silence(start_kiosk: Start) -> None:
    """OR-08, D12: silence is warned about and then ends the visit as panic does; any key at the warning only goes on.

    Five kiosks at once: nobody comes back; a key; a click; leaving at the warning; nobody was there at all, and what
    the terminal reports by itself changes nothing about that.
    """
    consoles = [start_kiosk(idle_seconds=IDLE_SECONDS.start) for _ in range(5)]
    alone, key, click, leaves, empty = consoles
    for console in (alone, key, click, leaves):
        go(console, YES)
    for report in (b"\x1b[I", b"\x1b[O", b"\x1b[<35;10;10M", b"\x1b[?62;22c", b"\x1b[24;80R"):
        empty.send(report)
        empty.taken()
    lives = [console.live() for console in consoles]
    for console in (alone, key, click, leaves):
        console.wait_for(head(W("idle-body")), deadline=3 * IDLE_SECONDS.start)
    key.press("enter")
    click.click(2, 2)
    silent = Left(alone, head(W("idle-body")))
    left = Left(leaves, head(W("idle-body")))
    leaves.press("f12")
    left.check()
    served(leaves)
    for console in (key, click):
        console.wait_gone(head(W("idle-body")))
        console.wait_for(title("yes"))
    silent.check(deadline=3 * IDLE_SECONDS.start)
    assert [each.live() for each in (key, click, empty)] == [lives[1], lives[2], lives[4]]
    assert head(W("idle-body")) not in empty.screen_text()
    served(alone)


@pytest.mark.parametrize("allowed", [True, False])
def test_ctrl_q(start_kiosk: Start, allowed: bool) -> None:
    """An operator's Ctrl+Q ends the program on the home page alone, and only where `quit` is left on."""
    console = start_kiosk(quit=allowed)
    go(console, ((WAY_IN, title("leaving")),))
    live = console.live()
    console.press("ctrl+q")
    go(console, ((b"\r", title("gate")), (b"\x1bOS", title("leaving")), (b"\x1bOS", START)))
    assert console.live() == live
    console.press("ctrl+q")
    if allowed:
        assert console.ended() == 0
        assert console.modes_now() == console.modes
        assert console.screen_text() == ""
    else:
        go(console, ((WAY_IN, title("leaving")),))
        assert console.live() == live


def test_over_ssh_leaving_ends_the_program(start_kiosk: Start) -> None:
    """Design: where leaving ends the program, it ends with 0, glass and history clear, the terminal as it was found."""
    console = start_kiosk(after_leaving="end")
    go(console, YES)
    left = Left(console, title("yes"))
    console.press("f12")
    assert console.ended() == 0
    left.check_cleared()
    assert console.screen_text() == ""
    assert console.modes_now() == console.modes
