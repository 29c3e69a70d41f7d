"""Ways through a visit beside the straight one: another language, not private, a pause, a change, practice."""

from __future__ import annotations

import re

from tests.kit import pack
from tests.terminal.conftest import Start
from tests.terminal.keyboard import encoded
from tests.terminal.way import (
    ES,
    FIRST_HARM,
    FIRST_NEED,
    GATE,
    HARMS,
    PACK,
    PASS,
    PATHWAY,
    START,
    UNANSWERED,
    WAY_IN,
    W,
    go,
    head,
    leave,
    title,
)


def test_another_language_keeps_the_answers(start_kiosk: Start) -> None:
    """MO-16: a language chosen on a question is spoken at once, and what was chosen and said before stays."""
    console = start_kiosk()
    go(console, (*FIRST_NEED, (b"2\r", title("stay-length")), (b"3", "(x) 3")))
    go(console, ((b"\x1bOR", PACK.languages[0].name), (b"\x1b[B\r", title("stay-length", ES))))
    console.wait_for("(x) 3")
    go(console, ((b"\x1bOS", title("sleeping-place", ES)),))
    console.wait_for("(x) 2")
    go(console, ((b"\x1bOR", PACK.languages[0].name), (b"\x1b[A\r", title("sleeping-place"))))
    console.wait_for("(x) 2")
    leave(console)


def test_not_private_asks_nothing(start_kiosk: Start) -> None:
    """MO-19: who says that it is not private sees services, no question, and keeps nothing; she may come back."""
    console = start_kiosk()
    go(console, (*GATE, (b"6\r", START)))
    questions = [title(each.id) for each in PACK.questions]
    assert not any(each in console.screen_text() for each in questions)
    go(console, GATE)
    leave(console)
    assert console.kept() == []


def test_pause_until_her_gesture(start_kiosk: Start) -> None:
    """MO-38: a paused page shows nothing of it, whatever is pressed; her two keys show it again as it was."""
    console = start_kiosk()
    question = HARMS[0].id
    go(console, (*FIRST_HARM, (b"2", "(x) 2")))
    console.press("f9")
    console.wait_gone(title(question))
    console.send(b"".join(encoded(key) for key in ("enter", "escape", "f4", "space", "tab", "x")))
    console.press("f9")
    console.press("f9")
    console.wait_for(title(question))
    go(console, ((b"\x1bOQ", title("changed")), (b"\x1bOS", title(question))))
    console.wait_for("(x) 2")


def test_something_changed_reroutes(start_kiosk: Start) -> None:
    """MO-18: a disclosure at the review page drops the choice of the general list, and asks for it again."""
    console = start_kiosk(rows=44)
    go(console, (*PATHWAY, (b"2\r", title("plan-offer")), (b"2\r", title("release")), (b"2\r", title("review-title"))))
    console.wait_for(W("pathway-hmis"))
    go(console, ((b"\x1bOQ", title("changed")), (b"1\r", title("safe-now")), (b"1\r", title("yes"))))
    go(console, ((b"4\r", title("pathway")), (b"1\r", title("review-title")), (b"", W("pathway-external"))))
    assert W("pathway-hmis") not in console.screen_text()


def test_practice(start_kiosk: Start) -> None:
    """`--practice`: a banner on every page, a number that begins with 0, and no file touched."""
    console = start_kiosk("run", "--practice")
    before = console.files()
    banner = W("practice-banner")
    go(console, ((WAY_IN, practised("leaving")), (b"\r", practised("gate")), (b"1\r", practised("notice-practice"))))
    for page in (
        "framing",
        *(each.id for each in (*HARMS, *UNANSWERED)),
        "pathway",
        "plan-offer",
        "review-title",
    ):
        console.wait_for(banner)
        go(console, ((PASS, practised(page)),))
        console.wait_for(banner)
    console.wait(lambda: re.search(r"\b0\d\d \d\d\d \d\d\b", console.screen_text()), "a number that begins with 0")
    console.press("f10")
    console.wait_for(W("kept-practice"))
    console.wait_for(banner)
    go(console, ((PASS, title("closing")),))
    assert console.clerk_pids() == []
    leave(console)
    assert console.until_ended("ctrl+q") == 0
    assert console.files() == before


def practised(page: str) -> str:
    """Return what a page of the practice pack begins with."""
    found = (each.title for each in pack("practice").pages if each.id == page)
    return next((head(W.of(each)) for each in found), None) or title(page)
