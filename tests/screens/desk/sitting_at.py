"""A provider at a made-up desk: what a test keeps on it, presses, and sees."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen

from kiosk.desk.app import DeskApp
from kiosk.desk.keys.derivation import wrap
from kiosk.desk.keys.storage import FileStore
from kiosk.desk.screens import locked
from schema.answers import FACTOR_CODES
from schema.summary import Factors
from tests.made_up import CHEAP, SEED, Made, a_summary, made_at

WORDS = "seven made up words"
SIZES = [(80, 24), (40, 20)]
FACTORS = [
    Factors(disabling_condition=1, months_homeless=113, times_homeless=4, living_situation=116, household_type=1),
    Factors(months_homeless=113, living_situation=101, household_type=3),
    Factors(months_homeless=104, living_situation=116),
    Factors(**dict.fromkeys(FACTOR_CODES, 99)),
]
"""From the greatest need to the least."""


def a_desk(folder: Path, people: list[Factors] = FACTORS, **changes: Any) -> tuple[Made, list[int]]:
    """Make a desk that keeps a record of each of these people; returns their numbers."""
    made = made_at(folder / "desk")
    FileStore(made.place.provider_key).put(wrap(SEED, WORDS, CHEAP))
    return made, [made.keep(a_summary(factors=each, **changes)) for each in people]


async def until(pilot: Pilot[None], true: Callable[[], object]) -> None:
    """Wait for something."""
    for _ in range(3000):
        if true():
            return
        await pilot.pause(0.01)
    raise AssertionError(f"never came; screen:\n{shown(pilot.app)}")


def shown(app: Any) -> str:
    """Every line on the screen."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


async def typed(pilot: Pilot[None], words: str) -> None:
    """Type words and Enter."""
    await pilot.press(*("space" if letter == " " else letter for letter in words), "enter")


async def opens(pilot: Pilot[None], page: type[Screen[Any]], *keys: str) -> None:
    """Press keys, and wait for a page to be there."""
    await pilot.press(*keys)
    await until(pilot, lambda: type(pilot.app.screen) is page and pilot.app.screen.is_mounted)
    await pilot.pause()


@asynccontextmanager
async def unlocked(made: Made, monkeypatch: Any, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Any]:
    """A desk whose list is open and whole."""
    monkeypatch.setattr(locked, "FIRST_PAUSE", 0.0)
    app = DeskApp(None, made.place)
    async with app.run_test(size=size) as pilot:
        await opens(pilot, locked.LockedPage)
        await typed(pilot, WORDS)
        await until(pilot, lambda: hasattr(app, "desk") and app.desk.complete and "on the list" in shown(app))
        yield pilot
