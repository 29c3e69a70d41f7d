"""Ways through a visit beside the straight one: another language, not private, a pause, a change, practice."""

from __future__ import annotations

import re

from tests.kit import pack
from tests.terminal.conftest import Start
from tests.terminal.keyboard import encoded
from tests.terminal.way import ES, FIRST_HARM, FIRST_NEED, HARMS, PACK, PATHWAY, UNANSWERED, W, go, head, leave, title


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
    go(console, ((b"\r", title("leaving")), (b"\r", title("gate")), (b"3\r", head(W("neutral-body")))))
    questions = [title(each.id) for each in PACK.questions]
    assert not any(each in console.screen_text() for each in questions)
    go(console, ((b"\x1bOQ\r", title("gate")),))
    leave(console)
    assert console.kept() == []


def test_pause_until_f9(start_kiosk: Start) -> None:
    """MO-38: a paused page shows nothing of it, whatever is pressed; F9 shows it again with what was chosen."""
    console = start_kiosk()
    question = HARMS[0].id
    go(console, (*FIRST_HARM, (b"2", "(x) 2")))
    console.press("f9")
    console.wait_gone(title(question))
    console.send(b"".join(encoded(key) for key in ("enter", "escape", "f1", "f3", "f4", "space", "tab", "x")))
    console.press("f9")
    console.wait_for(title(question))
    # had another key ended it, F9 would have begun it anew, and F2 would do nothing
    go(console, ((b"\x1bOQ", title("changed")), (b"\x1bOS", title(question))))
    console.wait_for("(x) 2")


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
    before = console.files()
    banner = W("practice-banner")
    pages = ["leaving", "gate", "notice-practice", "framing", *(each.id for each in (*HARMS, *UNANSWERED))]
    for page in (*pages, "pathway", "plan-offer", "release", "review-title"):
        console.wait_for(banner)
        go(console, ((b"\r", practised(page)),))
        console.wait_for(banner)
    console.wait(lambda: re.search(r"\b0\d\d \d\d\d \d\d\b", console.screen_text()), "a number that begins with 0")
    console.press("f10")
    console.wait_for(W("kept-practice"))
    console.wait_for(banner)
    console.press("enter")
    console.wait_for(title("closing"))
    assert console.clerk_pids() == []
    leave(console)
    assert console.until_ended("ctrl+q") == 0
    assert console.files() == before


def practised(page: str) -> str:
    """Return what a page of the practice pack begins with."""
    found = (each.title for each in pack("practice").pages if each.id == page)
    return next((head(W.of(each)) for each in found), None) or title(page)
