"""What a visitor chooses from fits an ordinary terminal, so that no answer hides below the edge."""

from __future__ import annotations

import pytest
from textual.geometry import Region

from kiosk.content.snapshot import available
from kiosk.sitting.app import SittingApp
from kiosk.sitting.steps import Step
from tests.kit import pack, snapshot
from widgets.choices import ChoiceRow

SIZE = (80, 24)
LONG = 6
"""Choices from which on a question could grow out of the screen."""
ENGLISH = ("us-mo", "gb-safelives", "gb-oxfordshire")
CASES = [*((name, "en") for name in ENGLISH), *((name, "es") for name in available() if name.startswith("us-"))]
"""Spanish is the longer one; Missouri is tried in both, and England speaks English."""
SCROLLING: set[str] = set()
"""Pages that are longer than a screen, by id."""


@pytest.mark.parametrize(("name", "language"), CASES)
async def test_every_choice_is_seen_at_once(name: str, language: str) -> None:
    """ "I'd rather not say" and "leave" have the weight of the other choices: all of them are on the first screen."""
    steps = [Step("question", question.id) for question in pack(name).questions if len(question.choices) >= LONG]
    steps += [Step("crossroads", crossroads.id) for crossroads in pack(name).crossroads]
    hidden = set()
    app = SittingApp(snapshot(name=name, language=language))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        for step in steps:
            app.sitting.flow.step = step
            app.screen.leave_with("again")  # type: ignore[attr-defined]
            await pilot.pause()
            await pilot.pause()
            body = app.screen.query_one("#body").region
            rows = [row.region for row in app.screen.query(ChoiceRow)]
            assert len(rows) >= 2, step
            if not all(_inside(body, row) for row in rows):
                hidden.add(step.id)
    assert hidden == SCROLLING


def _inside(body: Region, row: Region) -> bool:
    return row.height > 0 and body.contains_region(row)
