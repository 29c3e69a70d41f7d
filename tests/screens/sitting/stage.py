"""Showing one page of a sitting to a pilot, and reading what stands on it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from textual.pilot import Pilot

from kiosk.sitting.app import SittingApp
from kiosk.sitting.keeping import Keeper
from kiosk.sitting.snapshot import Snapshot
from kiosk.sitting.steps import Step
from tests.kit import snapshot


class Seat:
    """A visitor's seat: keys to press, a page to read."""

    def __init__(self, app: SittingApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def shown(self) -> Any:
        """The page, whatever its kind: what it has and does is asked for by name."""
        return self.app.screen

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other, and let the page settle after each."""
        for key in keys:
            await self.pilot.press(key)
            await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Type letters."""
        await self.press(*("space" if letter == " " else letter for letter in text))

    async def click(self, selector: str) -> None:
        """Click once; a button takes no second click while it still shows the first."""
        await self.pilot.click(selector)
        await self.pilot.pause(0.3)

    async def see(self, text: str) -> None:
        """Wait until a text stands on the page; fail when it never does."""
        for _ in range(200):
            if text in self.text or text in self.words:
                return
            await self.pilot.pause(0.02)
        raise AssertionError(f"not on the page: {text!r}\n{self.text}")

    @property
    def text(self) -> str:
        """The page as letters, line by line."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)

    @property
    def words(self) -> str:
        """The page's letters with every run of white space and lines made one blank."""
        return " ".join(re.sub("[│─┌┐└┘]", " ", self.text).split())

    @property
    def page(self) -> str:
        """The name of the page's class."""
        page = getattr(self.app.screen, "page", self.app.screen)
        return type(page).__name__


@asynccontextmanager
async def seat(
    step: Step | None = None,
    *,
    size: tuple[int, int] = (80, 50),
    keeper: Any = None,
    given: Snapshot | None = None,
    **settings: Any,
) -> AsyncIterator[Seat]:
    """Sit down at a page, by default the home page."""
    taken = given or snapshot(**settings)
    app = SittingApp(taken)
    if keeper is not None:
        app.sitting.keeper = Keeper(taken, lambda: None, keeper)
    if step is not None:
        app.sitting.flow.step = step
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Seat(app, pilot)
