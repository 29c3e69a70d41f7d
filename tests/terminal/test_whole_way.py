"""The whole way on a real terminal: set up by options, every page of a visit, Keep, and the provider's list."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from kiosk.desk.key_store import unlock
from kiosk.desk.listing import Row, list_records
from kiosk.paths import Place
from kiosk.priority.profile import load
from kiosk.priority.score import score
from kiosk.vault.numbers import show, valid
from schema.answers import FACTOR_CODES
from schema.summary import Factors
from tests.command_line import kiosk as command
from tests.kit import pack
from tests.terminal.conftest import PASSPHRASE, Start
from tests.terminal.console import Console
from tests.terminal.way import ES, HARMS, NEEDS, NUMBER, PACK, PATHWAY, START, W, go, head, opened, title

ANSWERED = {question.id: index % len(question.choices) for index, question in enumerate(NEEDS)}
"""Which choice of each question the visitor takes; who-with and age are set so that every question applies."""
ANSWERED |= {"who-with": 1, "age": 3}

NUMBERED = re.compile(r"[1-9]\d\d \d\d\d \d\d")


def codes() -> Factors:
    """The factors that `ANSWERED` stands for."""
    return Factors(**{each.fills: each.choices[ANSWERED[each.id]].code for each in NEEDS if each.fills})


def answer(console: Console, question: str, choice: int) -> None:
    """Choose by arrows and go on."""
    console.wait_for(title(question))
    console.send(b"\x1b[B" * (choice + 1) + b"\r")


def rows(console: Console) -> tuple[Row, ...]:
    """What the provider's desk opens, with everything that a row holds."""
    place = Place(console.home)
    listing = list_records(place, unlock(place, PASSPHRASE))
    assert not listing.apart
    return listing.rows


def end(console: Console) -> None:
    """Leave, wait for the home page to answer, and quit as an operator does."""
    if START not in console.screen_text():
        console.press("f12")
    console.wait_for(START)
    assert console.until_ended("ctrl+q") == 0
    assert console.modes_now() == console.modes


def test_from_set_up_to_the_list(start_kiosk: Start, canary: str) -> None:
    """Every question answered, a plan with gaps filled, kept with F10: the list has that number with those codes."""
    console = start_kiosk()
    go(console, ((b"\r", title("leaving")), (b"\r", title("gate")), (b"\r", title("notice-confidential"))))
    go(console, ((b"\r", title("framing")), (b"\r", title(HARMS[0].id))))
    for question in HARMS:
        answer(console, question.id, 1)
    for question in NEEDS:
        answer(console, question.id, ANSWERED[question.id])
    go(console, ((b"1\r", title("plan-offer")), (b"1\r", title("plan-title"))))
    go(console, (opened("what-i-know"), (b"\t" + canary.encode() + b"\t\t" + canary[::-1].encode(), canary[::-1])))
    go(console, ((b"\x1bOS", W("plan-lines", count=2)), (b"\r", title("take-title"))))
    assert canary in console.screen_text()
    assert canary[::-1] in console.screen_text()
    go(console, ((b"2\r", title("memorise-title")), (b"\r", title("release"))))
    go(console, ((b"1\r", title("review-title")), NUMBER[-1]))
    assert canary not in console.screen_text()
    told = NUMBERED.search(console.screen_text())
    assert told
    assert console.kept() == []
    go(console, ((b"\x1b[21~", W("kept-title")),))
    shown = NUMBERED.findall(console.screen_text())
    assert shown
    assert set(shown) == {told[0]}
    number = int(told[0].replace(" ", ""))
    assert valid(number)
    assert show(number) == told[0]
    assert console.kept() == [number]
    go(console, ((b"\r", title("closing")), (b"\r", START)))
    end(console)

    listed = command("list", "--json", "--passphrase-file", "passphrase", cwd=console.home.parent, **home_of(console))
    assert listed.returncode == 0
    assert listed.stderr == ""
    (row,) = json.loads(listed.stdout)["rows"]
    assert row["number"] == number
    assert row["score"] == score(codes(), load()).points
    (opened_row,) = rows(console)
    assert opened_row.factors == codes()
    assert opened_row.release
    assert canary not in listed.stdout


def home_of(console: Console) -> dict[str, str]:
    return {"KIOSK_HOME": str(console.home)}


def test_enter_alone(start_kiosk: Start) -> None:
    """Enter alone goes from the home page to the review page by every question, keeps nothing, and ends the visit."""
    console = start_kiosk()
    seen = [title("leaving"), title("gate"), title("notice-confidential"), title("framing")]
    seen += [title(question.id) for question in (*HARMS, *NEEDS)]
    seen += [title("pathway"), title("plan-offer"), title("release"), title("review-title"), title("closing")]
    for page in seen:
        go(console, ((b"\r", page),))
    assert W("closing-nothing") in console.screen_text()
    go(console, ((b"\r", START),))
    assert console.kept() == []
    end(console)
    assert console.kept() == []


def test_keep_nothing(start_kiosk: Start) -> None:
    """P8: "keep nothing", with a number on the page, leaves no row."""
    console = start_kiosk()
    go(console, NUMBER)
    column, row = console.find(W("keep-nothing"))
    console.click(column, row)
    console.wait_for(W("closing-nothing"))
    end(console)
    assert console.kept() == []


def test_no_is_an_answer_to_the_release(start_kiosk: Start) -> None:
    """A visitor who says no to the release may still keep: the record says so."""
    console = start_kiosk()
    go(console, (*PATHWAY, (b"\r", title("plan-offer")), (b"\r", title("release")), (b"2\r", title("review-title"))))
    go(console, (NUMBER[-1], (b"\x1b[21~", W("kept-title"))))
    end(console)
    (row,) = rows(console)
    assert not row.release
    assert set(vars_of(row.factors)) == {99}


def vars_of(factors: Factors) -> list[int]:
    return [getattr(factors, name) for name in FACTOR_CODES]


def test_another_language_keeps_the_answers(start_kiosk: Start) -> None:
    """MO-16: a language chosen on a question is spoken at once, and what was chosen and said before stays."""
    console = start_kiosk()
    go(console, (*PATHWAY[:-1], (b"2\r", title("stay-length")), (b"3", "(x) 3")))
    go(console, ((b"\x1bOR", PACK.languages[0].name), (b"\x1b[B\r", title("stay-length", ES))))
    assert "(x) 3" in console.screen_text()
    go(console, ((b"\x1bOS", title("sleeping-place", ES)),))
    assert "(x) 2" in console.screen_text()
    go(console, ((b"\x1bOR", PACK.languages[0].name), (b"\x1b[A\r", title("sleeping-place"))))
    assert "(x) 2" in console.screen_text()
    console.press("f12")
    console.wait_for(START)


def test_not_private_asks_nothing(start_kiosk: Start) -> None:
    """MO-19: who says that it is not private sees services, no question, and keeps nothing; she may come back."""
    console = start_kiosk()
    go(console, ((b"\r", title("leaving")), (b"\r", title("gate")), (b"3\r", head(W("neutral-body")))))
    questions = [title(each.id) for each in PACK.questions]
    assert not any(each in console.screen_text() for each in questions)
    go(console, ((b"\x1bOQ\r", title("gate")),))
    end(console)
    assert console.kept() == []


def test_pause_until_f9(start_kiosk: Start) -> None:
    """MO-38: a paused page shows nothing of it, whatever is pressed; F9 shows it again with what was chosen."""
    console = start_kiosk()
    question = HARMS[0].id
    go(console, (*PATHWAY[:3], (b"\r\r", title(question)), (b"2", "(x) 2")))
    console.press("f9")
    console.wait_gone(title(question))
    for key in ("enter", "escape", "f1", "f2", "f3", "f4", "space", "tab", "f10", "x"):
        console.press(key)
        console.taken()
    assert console.screen_text() == W("paused")
    console.press("f9")
    console.wait_for(title(question))
    assert "(x) 2" in console.screen_text()


def test_something_changed_reroutes(start_kiosk: Start) -> None:
    """MO-18: a disclosure at the review page leads into the yes protocol and drops the choice of the general list."""
    console = start_kiosk(rows=44)
    go(console, (*PATHWAY, (b"2\r", title("plan-offer")), (b"\r", title("release")), (b"\r", title("review-title"))))
    console.wait_for(W("pathway-hmis"))
    go(console, ((b"\x1bOQ", title("changed")), (b"1\r", title("safe-now")), (b"\r", title("yes"))))
    go(console, ((b"4\r", title("review-title")), (b"", W("pathway-undecided"))))
    assert W("pathway-hmis") not in console.screen_text()


def test_practice(start_kiosk: Start) -> None:
    """`--practice`: a banner on every page, a number that begins with 0, and no file touched."""
    console = start_kiosk("run", "--practice")
    before = files(console.home)
    banner = W("practice-banner")
    pages = ["leaving", "gate", "notice-practice", "framing", *(each.id for each in (*HARMS, *NEEDS))]
    for page in (*pages, "pathway", "plan-offer", "release", "review-title"):
        console.wait_for(banner)
        go(console, ((b"\r", practised(page)),))
        assert banner in console.screen_text()
    console.wait(lambda: re.search(r"\b0\d\d \d\d\d \d\d\b", console.screen_text()), "a number that begins with 0")
    console.press("f10")
    console.wait_for(W("kept-practice"))
    assert banner in console.screen_text()
    console.press("enter")
    console.wait_for(title("closing"))
    assert console.clerk_pids() == []
    end(console)
    assert files(console.home) == before


def practised(page: str) -> str:
    """Return what a page of the practice pack begins with."""
    found = (each.title for each in pack("practice").pages if each.id == page)
    return next((head(W.of(each)) for each in found), None) or title(page)


def files(home: Path) -> dict[str, tuple[int, bytes]]:
    """Every file below the folder that a kiosk was started in, with its change time and content."""
    found = {}
    for folder, _, names in os.walk(home.parent):
        for name in names:
            path = Path(folder, name)
            found[str(path)] = (path.stat().st_mtime_ns, path.read_bytes())
    return found
