"""Both faces say the same: every text of a pack that stands on a page of one face stands on it in the other, too."""

from __future__ import annotations

import gc
import random
import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from kiosk.sitting.steps import GATE, SECTIONS, Step
from kiosk.sitting.words import Words
from kiosk.speech.texts import numbered
from schema.pack import Pack
from tests.kit import pack, snapshot
from tests.screens.line import stage as by_line
from tests.screens.sitting import stage as full_screen

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


LOOKED_AT = (("practice", "en"), ("us-or-multnomah", "es"))
"""Packs and languages whose pages are compared text by text: one of each kind of policy and of each language."""

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


@pytest.mark.parametrize(("name", "language"), LOOKED_AT)
async def test_both_faces_say_the_same_texts(name: str, language: str) -> None:
    """Parity: for every step and role of a pack, what one face says of the pack the other says as well."""
    made = pack(name)
    known = texts(made, Words(made, language))
    assert len(known) > 200
    for role in roles(made):
        given: dict[str, Any] = {"name": name, "role": role, "language": language, "practice": True}
        async with full_screen.seat(size=WIDE, **given) as at:
            for step, opens in steps(made):
                if role != roles(made)[0] and (step.page not in BY_ROLE or opens not in (None, made.sections[0].id)):
                    continue
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
                said = seen(await line_by_line(step, opens, given), known)
                assert drawn, f"{step} shows nothing of the pack"
                assert drawn == said, f"{step} {opens} as {role}"


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


@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize("name", PACKS)
async def test_the_same_choices_lead_to_the_same_visit(name: str, seed: int) -> None:
    """Parity: whatever is chosen by number, gone on from or back from, both faces come to the same page and visit."""
    chance = random.Random(f"{name} {seed}")
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
                await at.press("enter")
                await line.say("")
            else:
                await at.press("f4")
                await line.say("back")
            await at.pilot.pause()
            mine, other = sitting_of(at), sitting_of(line)
            assert mine.flow.step == other.flow.step
            assert mine.visit == other.visit, mine.flow.step
