"""The whole way on a real terminal: set up by options, every page of a visit, Keep, and the provider's list."""

from __future__ import annotations

import json
import re

from kiosk.desk.keys.storage import unlock
from kiosk.desk.records.listing import list_records
from kiosk.desk.records.rows import Row
from kiosk.paths import Place
from kiosk.priority.profile import load
from kiosk.priority.score import score
from kiosk.vault.numbers import show, valid
from schema.answers import FACTOR_CODES, NOT_COLLECTED, PREFERS_NOT
from schema.summary import Factors
from tests.command_line import kiosk as command
from tests.terminal.conftest import PASSPHRASE, Start
from tests.terminal.console import Console
from tests.terminal.way import (
    FIRST_HARM,
    HARMS,
    NEEDS,
    NOTICE,
    NUMBER,
    PACK,
    PASS,
    REVIEW,
    START,
    UNANSWERED,
    W,
    go,
    head,
    opened,
    title,
)

ANSWERED = {question.id: index % len(question.choices) for index, question in enumerate(NEEDS)}
"""Which choice of each question the visitor takes; who-with and age are set so that every question applies."""
ANSWERED |= {"who-with": 1, "age": 3, "months-without-home": 12}

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
    go(console, FIRST_HARM)
    for question in HARMS:
        answer(console, question.id, 1)
    for question in NEEDS:
        answer(console, question.id, ANSWERED[question.id])
    go(console, ((b"1\r", title("plan-offer")), (b"1\r", title("plan-title"))))
    go(
        console,
        (
            opened("what-i-know", PACK.sections),
            (b"\t" + canary.encode() + b"\t\t" + canary[::-1].encode(), canary[::-1]),
        ),
    )
    go(console, ((b"\x1bOS", W("plan-lines", count=2)), (b"\r", title("take-title"))))
    console.wait_for(canary)
    console.wait_for(canary[::-1])
    go(console, ((b"2\r", title("memorise-title")), (b"\r", title("release"))))
    go(console, ((b"1\r", title("review-title")), NUMBER[-1]))
    assert canary not in console.screen_text()
    told = console.wait(lambda: NUMBERED.search(console.screen_text()), "a number")
    assert console.kept() == []
    go(console, ((b"\x1b[21~", W("kept-title")),))
    shown = console.wait(lambda: NUMBERED.findall(console.screen_text()), "the number")
    assert set(shown) == {told[0]}
    number = int(told[0].replace(" ", ""))
    assert valid(number)
    assert show(number) == told[0]
    assert console.kept() == [number]
    go(console, ((PASS, title("closing")), (b"\r", START)))
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
    """Enter, twice where something is passed over, comes by every question to the review, and ends nothing there."""
    console = start_kiosk()
    seen = [title("framing"), *(title(question.id) for question in (*HARMS, *UNANSWERED))]
    seen += [title("pathway"), title("plan-offer"), title("review-title")]
    go(console, (*NOTICE, *((PASS, page) for page in seen)))
    console.send(b"\r")
    console.wait_for(head(W("review-choose")))
    go(console, ((b"\t\t\t\r", W("closing-nothing")),))
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
    go(console, REVIEW)
    go(console, (NUMBER[-1], (b"\x1b[21~", W("kept-title"))))
    end(console)
    (row,) = rows(console)
    assert not row.release
    assert set(vars_of(row.factors)) == {PREFERS_NOT, NOT_COLLECTED}


def vars_of(factors: Factors) -> list[int]:
    return [getattr(factors, name) for name in FACTOR_CODES]
