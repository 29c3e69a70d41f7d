"""The way through a sitting, in the pack's own words: which page shows what, and how a visitor comes to it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import partial
from typing import Final

from kiosk.sitting.pages.page import SECOND_THOUGHT
from kiosk.sitting.planning import by_fit
from kiosk.sitting.visit import YES as SAID_YES
from kiosk.sitting.words import Words
from kiosk.supervisor.stage import SWALLOW
from schema.answers import PREFERS_NOT
from schema.pack import Question, Section
from tests.kit import pack, visit
from tests.terminal.console import UNTIL_QUIET, Console
from tests.terminal.glass import RESET

PACK: Final = pack()
W: Final = Words(PACK, "en")
ES: Final = Words(PACK, "es")

START: Final = W("start")
"""On the home page, and on no other."""

GOING_ON: Final = ("own-home", "night-before")
"""Questions that go on from an answer, and are not asked of whoever gives none."""

WAY_IN: Final = b"\x1b[B1"
"""A key that wakes the home page, and the way in."""
PASS: Final = b"pass"
"""Stands for Enter until the page is passed over: it says so first, and takes no second one that comes too soon."""
RATHER_NOT: Final = b"\x1b[F\r"
"""The last of a question's answers, and on."""
NEEDS: Final = [each for each in PACK.questions if each.part == "need" and each.id not in GOING_ON]
HARMS: Final = [each for each in PACK.questions if each.part == "harm"]
_told = visit()
_told.harm = {HARMS[0].id: SAID_YES}
PARTS: Final = by_fit(_told)
"""The parts of the plan in the order in which they stand after a yes to the first question about harm."""
CHILDREN: Final = next(each for each in PARTS if each.id == "children")
UNANSWERED: Final = [each for each in NEEDS if visit().applies(each)]
"""What is asked of a visitor who answers nothing."""

_SHOWN: Final = 44
"""Letters of a title that stand in its first line whatever the page's width."""


Steps = tuple[tuple[bytes, str], ...]
"""Keys to send in one packet, and what the page then shows; an empty text waits for nothing."""


def head(text: str) -> str:
    """Return the beginning of a text, as far as no line break can come in between."""
    return text if len(text) <= _SHOWN else text[:_SHOWN].rpartition(" ")[0]


def title(page: str, words: Words = W) -> str:
    """Return what the page of this id begins with, whatever kind of page it is."""
    for group in (PACK.pages, PACK.crossroads, PACK.sections):
        for each in group:
            if each.id == page:
                return head(words.of(each.title))
    for question in PACK.questions:
        if question.id == page:
            return head(words.of(question.text))
    return head(words(page))


def through(questions: list[Question]) -> Steps:
    """Return the steps from the first of these questions to the last, each answered with "rather not say"."""
    new = visit()
    asked = []
    for each in questions:
        if new.applies(each):
            asked.append(each)
            new.answer(each, PREFERS_NOT)
    return tuple((RATHER_NOT, title(each.id)) for each in asked[1:])


def opened(section: str, parts: Sequence[Section] = PARTS) -> tuple[bytes, str]:
    """Return the keys that open a part of the plan from the list of parts, and what shows that it is open."""
    place = next(index for index, each in enumerate(parts) if each.id == section)
    return f"{place + 1}\r".encode(), head(W.of(parts[place].intro))


LEAVING: Final[Steps] = ((WAY_IN, title("leaving")),)
GATE: Final[Steps] = (*LEAVING, (b"\r", title("gate")))
NOTICE: Final[Steps] = (*GATE, (b"1\r", title("notice-confidential")))
FIRST_HARM: Final[Steps] = (*NOTICE, (b"\r", title("framing")), (b"\r", title(HARMS[0].id)))
FIRST_NEED: Final[Steps] = (*FIRST_HARM, (b"2\r" * len(HARMS), title("sleeping-place")))
YES: Final[Steps] = (
    *FIRST_HARM,
    (b"1\r", title("safe-now")),
    (b"1\r", title("yes")),
)
SECTIONS: Final[Steps] = (*YES, (b"2\r", title("plan-title")))
PATHWAY: Final[Steps] = (*FIRST_NEED, *through(NEEDS), (RATHER_NOT, title("pathway")))
PLAN_OFFER: Final[Steps] = (*PATHWAY, (b"1\r", title("plan-offer")))
RELEASE: Final[Steps] = (*PLAN_OFFER, (b"2\r", title("release")))
REVIEW: Final[Steps] = (*RELEASE, (b"2\r", title("review-title")))
NUMBER: Final[Steps] = (*REVIEW, (b"", W("number-not-yet", number="").split(".")[0].strip()))


def planned(canary: str) -> Steps:
    """The way to the plan read back, with `canary` in it."""
    return (
        *SECTIONS,
        opened("what-i-know"),
        (b"\t" + canary.encode(), canary),
        (b"\x1bOS", title("plan-title")),
        (b"\r", title("take-title")),
    )


def routes(canary: str) -> dict[str, Steps]:
    """Every kind of page and window, with the keys that lead to it from home; `canary` goes into fields."""
    typed = canary.encode()
    keys = head(W("keys-help"))
    return {
        "home": (),
        "county list": ((b"c", title("county-title")), (typed, canary)),
        "help on the home page": ((b"\x1bOP", head(W("home-keys"))),),
        "interpreter": ((b"i", title("interpreter")),),
        "leaving": LEAVING,
        "gate": GATE,
        "help": (*GATE, (b"\x1bOP", keys)),
        "language": (*GATE, (b"\x1bOR", PACK.languages[0].name)),
        "pause": (*GATE, (b"\x1b[20~", START)),
        "helping": (*GATE, (b"3\r", title("helping"))),
        "not safe": (*GATE, (b"5\r", title("not-safe"))),
        "page for staff": (*GATE, (b"5\r", title("not-safe")), (b"1\r", head(W("show-staff-title")))),
        "here before": (*GATE, (b"4\r", head(W("before-title"))), (b"\t" + typed, canary)),
        "notice": NOTICE,
        "cards for staff": (
            *GATE,
            (b"\x1b[15~", head(W("gate-staff-help"))),
            (b"1\r", title("notice-confidential")),
            (b"\x1b[15~", head(W("staff-body"))),
        ),
        "framing": (*NOTICE, (b"\r", title("framing"))),
        "first question": FIRST_HARM,
        "why it is asked": (*FIRST_HARM, (b"\x1bOP", head(W.of(HARMS[0].why)))),
        "last of harm": (*FIRST_HARM, *through(HARMS)),
        "how a pause ends": (*NOTICE, (b"\r", title("framing")), (b"\x1b[Z\r", head(W("gesture-title")))),
        "which answer": (*FIRST_HARM, (b"\x1bOQ", title("changed")), (b"2\r", head(W("answers-title")))),
        "unsure": (*FIRST_HARM, (b"1\r", title("safe-now")), (b"3\r", title("unsure"))),
        "first need": FIRST_NEED,
        "last need": (*FIRST_NEED, *through(NEEDS)),
        "safe now": YES[:-1],
        "yes": YES,
        "call": (*YES, (b"1\r", W("call-title"))),
        "sections": SECTIONS,
        "section": (*SECTIONS, opened("what-i-know"), (b"\t" + typed, canary)),
        "own line": (*SECTIONS, opened("my-home"), (b"\t\t" + typed, canary)),
        "asked first": (
            *SECTIONS,
            (opened("children")[0], head(W.of(next(each.ask_first for each in PARTS if each.id == "children")))),
        ),
        "plan read back": planned(canary),
        "by heart": (*planned(canary), (b"2\r", W("memorise-title"))),
        "deck": (*planned(canary), (b"1\r", W("deck-title"))),
        "something changed": (*NOTICE, (b"\x1bOQ", title("changed"))),
        "pathway": PATHWAY,
        "plan offered": RELEASE[:-1],
        "release": RELEASE,
        "review, a number coming": REVIEW,
        "review": NUMBER,
        "kept": (*NUMBER, (b"\x1b[21~", W("kept-title"))),
        "from memory": (*NUMBER, (b"\x1b[21~", W("kept-title")), (b"\t\r", head(W("recall-title"))), (typed, canary)),
        "closing": (*REVIEW, (b"\t\t\t\r", title("closing"))),
    }


def go(console: Console, steps: Steps) -> None:
    """Walk: send each packet, and wait for what it leads to."""
    for keys, text in steps:
        if keys == PASS:
            console.insist(lambda: console.send(b"\r"), partial(_stands, console, text), text, SECOND_THOUGHT + 0.1)
        elif keys:
            console.send(keys)
        if text:
            console.wait_for(text)


def _stands(console: Console, text: str) -> bool:
    return text in console.screen_text()


def awake(console: Console) -> None:
    """Wait until the home page answers to keys again: after an end they are dropped until the keyboard is quiet."""
    console.wait_for(START)
    time.sleep(SWALLOW + 0.05)
    other = W("sorted-by-kind")
    console.insist(
        lambda: console.press("s"), lambda: other in console.screen_text(), "a home page that answers", UNTIL_QUIET
    )


def leave(console: Console) -> None:
    """Press F12, again where it fell into the end of the last visit, until the home page answers to whoever is next."""
    console.look()
    mark = len(console.log)
    console.insist(
        lambda: console.press("f12"), lambda: console.log.find(RESET, mark) >= 0, "the cleared glass", UNTIL_QUIET
    )
    awake(console)


def served(console: Console) -> None:
    """See that the next visitor is served: she comes as far as the privacy gate."""
    awake(console)
    go(console, GATE)
