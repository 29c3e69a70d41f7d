"""Each of the five packs on a real terminal, in both languages: Enter alone to the review, then a part of the plan."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.sitting.words import Words
from schema.pack import Crossroads
from tests.crosses import always
from tests.kit import pack, visit
from tests.terminal.conftest import Start
from tests.terminal.console import Console
from tests.terminal.way import PASS, WAY_IN, go, head, leave

PACKS = ("us-mo", "us-ca-county", "us-or-multnomah", "gb-safelives", "gb-oxfordshire")


def titles(name: str, words: Words) -> Iterator[str]:
    """The beginning of every page from the one after home up to the review, as a visitor meets them by Enter alone."""
    made, new = pack(name), visit(name)
    pages = {page.id: page.title for page in made.pages} | {page.id: page.title for page in made.crossroads}
    for page in ("leaving", "gate", new.policy.notice, "framing"):
        yield head(words.of(pages[page]))
    for question in made.questions:
        if new.applies(question):
            yield head(words.of(question.text))
    for page in ("pathway", "plan-offer"):
        yield head(words.of(pages[page]))
    yield head(words("review-title"))


def plan_way(offer: Crossroads) -> tuple[str, str]:
    """The key of the first way to the plan, and the part that it opens."""
    return next((str(place), way.opens or "") for place, way in enumerate(offer.ways, 1) if way.goes == "plan")


def open_plan(console: Console, name: str, words: Words) -> None:
    """Go back from the review to the offer, open a part of the plan, and see its words and its first line."""
    made = pack(name)
    (offer,) = [each for each in made.crossroads if each.id == "plan-offer"]
    console.press("f4")
    console.wait_for(head(words.of(offer.title)))
    key, opens = plan_way(offer)
    console.send(f"{key}\r".encode())
    if not opens:
        console.wait_for(head(words("plan-title")))
        console.send(b"1\r")
    section = next((each for each in made.sections if each.id == opens), made.sections[0])
    console.wait_for(head(words.of(section.intro)))
    console.wait_for("[ ] ")


@pytest.mark.parametrize("name", always(PACKS, "us-or-multnomah", "gb-oxfordshire"))
def test_both_languages_of_a_pack(name: str, start_kiosk: Start) -> None:
    """P9, MO-32: in English, and after F3 in Spanish, Enter alone comes by every page to the review; a part opens."""
    console = start_kiosk(pack=name, region=pack(name).region)
    for place, language in enumerate(pack(name).languages, 1):
        words = Words(pack(name), language.code)
        if place > 1:
            console.press("f3")
            console.wait_for(f"( ) {place} {language.name}")
            console.send(f"{place}\r".encode())
        console.wait_for(words("start"))
        for place, page in enumerate(titles(name, words)):
            keys = {0: WAY_IN, 2: b"1\r"}.get(place, PASS)
            go(console, ((keys, page),))
        open_plan(console, name, words)
        leave(console)
    assert console.kept() == []
