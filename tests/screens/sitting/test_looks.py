"""What pages look like: letters of every page at two sizes, and the colours of two of them."""

from __future__ import annotations

import re

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.image import SVGImageSnapshotExtension
from textual.app import App

from kiosk.sitting import summarising as record
from kiosk.sitting.steps import Step
from tests.kit import pack
from tests.screens.sitting.stage import Seat, seat

PRACTICE = pack("practice")
PAGES = {
    "home": Step("home"),
    "leaving": Step("leaving"),
    "gate": Step("gate"),
    "before": Step("before"),
    "notice": Step("notice"),
    "framing": Step("framing"),
    "question": Step("question", PRACTICE.questions[0].id),
    "safe-now": Step("crossroads", "safe-now"),
    "yes": Step("crossroads", "yes"),
    "pathway": Step("crossroads", "pathway"),
    "call": Step("call"),
    "sections": Step("sections"),
    "take": Step("take"),
    "memorise": Step("memorise"),
    "deck": Step("deck"),
    "release": Step("release"),
    "review": Step("review"),
    "kept": Step("kept"),
    "closing": Step("closing"),
}

OVER_A_PAGE = {
    "interpreter": (("home",), ("i",), "I want an interpreter"),
    "cards": (("notice",), ("f5",), "Pick a card."),
    "card": (("notice",), ("f5", "4", "enter"), "Back to the cards"),
}
"""Pages over a page: where they are asked for, by which keys, and what shows that they are there."""


PAPER = {"paper": Step("paper"), "paper-home": Step("paper-home"), "sheet": Step("sheet", "plan")}
"""Pages that only a station with a printer has."""


@pytest.fixture(autouse=True)
def _one_month(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be the same month on every day."""
    monkeypatch.setattr(record, "month", lambda today=None: "2026-11")
    monkeypatch.setattr("kiosk.sitting.pages.release.release_until", lambda months: "2027-11")


async def shown(at: Seat, page: str) -> None:
    """Put a page on the screen and wait until it stands still."""
    at.app.sitting.keeper.number, at.app.sitting.keeper.phrase = 1234567, "apple river stone"
    at.app.sitting.visit.plan.own[PRACTICE.sections[0].id] = ["call my sister"]
    before = at.shown
    at.app.sitting.flow.step = (PAGES | PAPER)[page]
    before.leave_with("again")
    same = 0
    text = ""
    while same < 5:
        await at.pilot.pause(0.03)
        moved = at.app.screen is before or not at.app.screen.query("#ways") or at.text != text
        same, text = (0 if moved else same + 1), at.text


@pytest.mark.parametrize("size", [(80, 24), (40, 20)], ids=["80x24", "40x20"])
@pytest.mark.parametrize("page", PAGES)
async def test_a_page_stands_as_it_stood(page: str, size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    """Pages: each fits 80x24 and 40x20, letter for letter as somebody looked at it."""
    async with seat(size=size, name="practice", practice=True) as at:
        await shown(at, page)
        assert at.text == snapshot


@pytest.mark.parametrize("size", [(80, 24), (40, 20)], ids=["80x24", "40x20"])
@pytest.mark.parametrize("page", PAPER)
async def test_a_page_about_paper_stands_as_it_stood(
    page: str, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    """Pages: those of paper fit 80x24 and 40x20, letter for letter, at a station that has a printer."""
    async with seat(size=size, name="practice", printer_columns=32) as at:
        await shown(at, page)
        assert at.text == snapshot


@pytest.mark.parametrize("size", [(80, 24), (40, 20)], ids=["80x24", "40x20"])
@pytest.mark.parametrize("page", OVER_A_PAGE)
async def test_what_lies_over_a_page(page: str, size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    """Pages: so do those that a key lays over another one."""
    step, keys, text = OVER_A_PAGE[page]
    async with seat(Step(*step), size=size, name="practice", practice=True) as at:
        at.app.sitting.visit.with_staff = True
        for key in keys:
            await at.press(key)
        await at.see(text)
        await at.pilot.pause(0.1)
        assert at.text == snapshot


@pytest.mark.parametrize("theme", ["calm", "basic"])
async def test_a_question_has_its_colours(theme: str, snapshot: SnapshotAssertion) -> None:
    """Looks: a question with one answer chosen, in 24-bit colours and in eight."""
    async with seat(size=(80, 24), name="practice", practice=True) as at:
        at.app.theme = theme
        await shown(at, "question")
        await at.press("down")
        await at.pilot.pause(0.3)
        picture = re.sub(r"@font-face \{.*?\}", "", App.export_screenshot(at.app, title=""), flags=re.S)
        assert re.sub(r"terminal-[0-9a-f-]+", "terminal", picture) == snapshot(
            extension_class=SVGImageSnapshotExtension
        )
