"""Both faces say the same: every text of a pack that stands on a page of one face stands on it in the other, too."""

from __future__ import annotations

import gc
import random
import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from textual.compose import compose
from textual.widget import Widget
from textual.widgets import Input, Static

from kiosk.sitting.pages import registry
from kiosk.sitting.pages.page import Open
from kiosk.sitting.screens import which
from kiosk.sitting.steps import GATE, SECTIONS, Step
from kiosk.sitting.words import Words
from kiosk.speech.texts import numbered
from schema.pack import Pack
from tests.kit import pack, snapshot
from tests.screens.line import stage as by_line
from tests.screens.sitting import stage as full_screen
from widgets.button import Button
from widgets.planline import Tick
from widgets.resources import ServiceList

PACKS = ("us-mo", "us-ca-county", "us-or-multnomah", "gb-safelives", "gb-oxfordshire", "practice")
WIDE = (110, 120)
"""Columns and rows of a terminal that any page fits into whole."""
USUAL = (80, 24)
"""A walk looks at no text, and a page of 120 rows takes twice as long to draw."""
SHORTEST = 14
"""Letters of a text that cannot stand in another one by chance."""

COMMANDS = re.compile(
    r"(line|key|keys|mode|month|staff-hide|staff-back|staff-open|staff-body|plan-section-keys|memorise-choose"
    r"|memorise-body|deck-body|home-help|plan-own|county-keys|county-hint|leave-now|more-below|why-button|show-again"
    r"|review-change|paper-print|paper-again|plan-open|plan-go-on|someone-button|helpers-button|fade|unfade|deck-mix|deck-another"
    r"|try-leaving|before-skip|before-ask|keep-nothing|keep|paper-list|start|county-button)\b"
)
"""Words that name a key or a command, by the beginning of their names: each face has its own."""

UNASKED = ("before", "came-back", "news", "renew", "sheet", "open-sheet", "paper", "paper-home", "open-paper", "kept")
"""Pages that need more than a step: a printer, a clerk, something typed."""


def steps(made: Pack) -> Iterator[tuple[Step, str | None]]:
    """Yield every step that shows a page by itself, with the part of the plan that it opens."""
    for page in (
        "home",
        "leaving",
        "gate",
        "show-staff",
        "notice",
        "framing",
        "call",
        "sections",
        "take",
        "deck",
    ):
        yield Step(page), None
    for page in ("release", "review", "closing"):
        yield Step(page), None
    yield from ((Step("question", each.id), None) for each in made.questions)
    yield from ((Step("crossroads", each.id), None) for each in made.crossroads)
    yield from ((SECTIONS, each.id) for each in made.sections)


DRAWN = ("us-or-multnomah", "es")
"""The pack and language whose pages are compared as they stand on the glass of both faces, letter by letter."""

BY_ROLE = ("notice", "take", "crossroads", "sections")
"""Pages that the role beside her makes different."""


@pytest.fixture(autouse=True)
def _no_looking_for_rubbish(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sitting looks for rubbish after each page; over hundreds of them that took half of the time."""
    monkeypatch.setattr(
        "kiosk.sitting.app.gc", SimpleNamespace(collect=lambda: 0, freeze=lambda: None, enable=gc.enable)
    )


def texts(made: Pack, words: Words) -> dict[str, str]:
    """Every text of the pack that is long enough, as it stands on a page, but for keys and commands."""
    named = {words.of(text) for name, text in made.words.items() if COMMANDS.match(name)}
    known = {words.of(text) for text in numbered(made)[: -len(made.resources)]} - named
    return {" ".join(text.split()): text for text in known if len(text) >= SHORTEST and "{" not in text}


def seen(text: str, known: dict[str, str]) -> set[str]:
    """The texts that stand in what was read off a face."""
    flat = " ".join(re.sub("[│─┌┐└┘]", " ", text).split())
    return {each for each in known if each in flat}


def sitting_of(seat: Any) -> Any:
    """The sitting behind a seat."""
    return seat.app.sitting if hasattr(seat, "app") else seat.face.sitting


def prepared(seat: Any, step: Step, opens: str | None) -> None:
    """Put a visitor at a step."""
    sitting = sitting_of(seat)
    sitting.keeper.number = 1234567
    sitting.flow.step, sitting.visit.opens = step, opens
    sitting.visit.opened = {each.id: True for each in sitting.pack.sections}


def roles(made: Pack) -> list[str]:
    """The roles that the pack has a policy for."""
    return [each.role for each in made.policies]


def steps_as(role: str, made: Pack) -> Iterator[tuple[Step, str | None]]:
    """Yield the steps that are other pages with another role beside her; for the pack's first role, all of them."""
    for step, opens in steps(made):
        if role == roles(made)[0] or (step.page in BY_ROLE and opens in (None, made.sections[0].id)):
            yield step, opens


def laid_out(screen: Widget) -> str:
    """Every text of the widgets that a page is made of, before anything is drawn."""
    said, waiting = [], [screen]
    while waiting:
        widget = waiting.pop(0)
        if isinstance(widget, Tick):
            said.append(widget.text)
        elif isinstance(widget, Static):
            said.append(str(widget.content))
        elif isinstance(widget, Button):
            said.append(str(widget.label))
        elif isinstance(widget, Input):
            said.append(f"{widget.placeholder} {widget.value}")
        elif isinstance(widget, ServiceList):
            said += [text for each in widget.services for text in (each.label, each.does, each.note)]
        waiting[:0] = [*widget._pending_children, *compose(widget)]
    return "\n".join(said)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", PACKS)
async def test_both_faces_are_given_the_same_texts(name: str, language: str) -> None:
    """Parity: for every step of every pack, role and language, the line face says what the full screen lays out."""
    made = pack(name)
    known = texts(made, Words(made, language))
    assert len(known) > 200
    for role in roles(made):
        given: dict[str, Any] = {"name": name, "role": role, "language": language, "practice": True}
        async with full_screen.seat(**given) as at:
            for step, opens in steps_as(role, made):
                prepared(at, step, opens)
                page = registry.page_for(at.app.sitting, step)
                opened = page.arrive() if opens else None
                shown = seen(
                    laid_out(which.screen_for(at.app, opened.page if isinstance(opened, Open) else page)), known
                )
                assert shown, f"{step} shows nothing of the pack"
                assert shown == seen(await line_by_line(step, opens, given), known), f"{step} {opens} as {role}"


async def test_both_faces_say_the_same_texts() -> None:
    """Parity: of every step of one pack, read off the glass of both faces."""
    name, language = DRAWN
    made = pack(name)
    known = texts(made, Words(made, language))
    given: dict[str, Any] = {"name": name, "role": roles(made)[0], "language": language, "practice": True}
    async with full_screen.seat(size=WIDE, **given) as at:
        for step, opens in steps(made):
            before = at.shown
            prepared(at, step, opens)
            before.leave_with("again")
            for _ in range(1000):
                if at.app.screen is not before and at.app.screen.query("#ways"):
                    break
                await at.pilot.pause(0.01)
            if opens:
                await at.see(Words(made, language).of(made_section(made, opens).title))
            drawn = seen(await still(at), known)
            assert drawn, f"{step} shows nothing of the pack"
            assert drawn == seen(await line_by_line(step, opens, given), known), f"{step} {opens}"


async def still(at: full_screen.Seat) -> str:
    """The page's letters, once they are there and stand still."""
    before = ""
    for _ in range(200):
        await at.pilot.pause(0.02)
        if at.text.strip() and at.text == before and at.app.screen.query("#go-on"):
            return before
        before = at.text
    raise AssertionError("the page never stood still")


def made_section(made: Pack, wanted: str) -> Any:
    """A part of the plan by its id."""
    return next(each for each in made.sections if each.id == wanted)


async def gaps(seat: by_line.Seat, part: Any) -> str:
    """What the line face says of each gap in a part: it asks for them one at a time."""
    said = ""
    for number, line in enumerate(part.lines, 1):
        if line.blanks:
            await seat.say(str(number))
            if seat.page == "PlanLinePage":
                said += seat.text
                await seat.say("1")
            while seat.page == "BlankPage":
                said += seat.text
                await seat.say("x")
            while seat.page != "SectionPage":
                await seat.say("back")
    return said


async def line_by_line(step: Step, opens: str | None, given: dict[str, Any]) -> str:
    """What stands on the glass of the line face at a step."""
    seat = by_line.Seat(snapshot(line=True, **given), *WIDE)
    prepared(seat, step, opens)
    await seat.begin()
    try:
        said = seat.text
        if opens:
            said += await gaps(seat, made_section(sitting_of(seat).pack, opens))
        return said
    finally:
        await seat.end()


@pytest.mark.parametrize("name", PACKS)
async def test_the_same_choices_lead_to_the_same_visit(name: str) -> None:
    """Parity: whatever is chosen by number, gone on from or back from, both faces come to the same page and visit."""
    chance = random.Random(name)
    given: dict[str, Any] = {"name": name, "role": chance.choice(roles(pack(name))), "practice": True}
    async with full_screen.seat(GATE, size=USUAL, **given) as at, by_line.seat(GATE, size=USUAL, **given) as line:
        for _ in range(30):
            page: Any = at.shown.page
            assert type(page).__name__ == line.page
            offers, keys = page.offers(), page.keys().shown
            if offers and not page.ticks and page.name != "section" and chance.random() < 0.7:
                place = chance.randrange(len(offers))
                if getattr(page, "ways", None) and "leave" in [getattr(way, "goes", "") for way in page.ways]:
                    place = 0 if page.ways[0].goes != "leave" else 1
                await at.press(*keys[place], "enter")
                await line.say(keys[place])
            elif chance.random() < 0.7 and page.name not in ("closing", "section") and not page.fields():
                for _ in range(20):  # the line face says the whole page at once
                    if at.shown.unread:
                        await at.press("enter")
                await at.press("enter")
                await line.say("")
            else:
                await at.press("f4")
                await line.say("back")
            await at.pilot.pause()
            mine, other = sitting_of(at), sitting_of(line)
            assert mine.flow.step == other.flow.step
            assert mine.visit == other.visit, mine.flow.step
