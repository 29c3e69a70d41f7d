"""A visitor at a line sitting, without a terminal: what she types, what stands on the glass, every byte written."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from kiosk.sitting.keeping import Keeper
from kiosk.sitting.line.face import LineFace
from kiosk.sitting.line.glass import Glass
from kiosk.sitting.line.reader import Left
from kiosk.sitting.snapshot import Snapshot
from kiosk.sitting.steps import Step
from kiosk.terminal.control import Control
from tests.kit import snapshot
from tests.terminal.glass import Glass as Eye

ENTER = b"\r"


class Line(Control):
    """A line to a supervisor that only listens."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []
        self.printer: int | None = None

    def send(self, message: bytes) -> None:
        """Note it."""
        self.sent.append(message)


class Seat(Eye):
    """Her seat. `log` has every byte that was written."""

    def __init__(self, given: Snapshot, columns: int, rows: int) -> None:
        super().__init__(columns, rows)
        self.size = (columns, rows)
        line = Line()
        self.sent = line.sent
        """What was said to the supervisor."""
        self.face = LineFace(given, Glass(self._written, lambda: self.size), line)
        self.left = False
        """Whether she left."""
        self._visit: asyncio.Task[None] | None = None

    def _written(self, text: str) -> None:
        self.log += text.encode()

    async def _run(self) -> None:
        with contextlib.suppress(Left):
            await self.face.run()
        self.left = True

    async def begin(self) -> None:
        """Read out the first page."""
        self._visit = asyncio.get_running_loop().create_task(self._run())
        await self.settle()

    async def settle(self) -> None:
        """Wait until a line is awaited, or she left."""
        assert self._visit is not None
        for _ in range(2000):
            await asyncio.sleep(0)
            if self._visit.done() or self.face.reader.listening:
                break
        if self._visit.done():
            await self._visit

    async def see(self, text: str) -> None:
        """Wait until a text stands on the glass, which something beside her typing brings about."""
        for _ in range(2000):
            await asyncio.sleep(0)
            if text in self.text:
                return
        raise AssertionError(f"not on the glass: {text!r}\n{self.text}")

    async def send(self, data: bytes) -> None:
        """Send bytes in one piece."""
        self.face.typed(data, time.monotonic())
        await self.settle()

    async def say(self, *lines: str) -> None:
        """Type lines, each with Enter."""
        for line in lines:
            await self.send(line.encode() + ENTER)

    @property
    def step(self) -> Step:
        """The page that `flow` is at."""
        return self.face.sitting.flow.step

    @property
    def page(self) -> str:
        """The name of the page's class."""
        return type(self.face.page).__name__

    @property
    def text(self) -> str:
        """What stands on the glass, one blank between words."""
        return self.screen_text()

    async def end(self) -> None:
        """Leave nothing running."""
        if self._visit is not None:
            self._visit.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._visit


@asynccontextmanager
async def seat(
    step: Step | None = None,
    *,
    size: tuple[int, int] = (80, 60),
    clerk: Any = None,
    given: Snapshot | None = None,
    **settings: Any,
) -> AsyncIterator[Seat]:
    """Sit down at a page, by default the home page."""
    taken = given or snapshot(line=True, **settings)
    at = Seat(taken, *size)
    if clerk is not None:
        at.face.sitting.keeper = Keeper(taken, lambda: at.sent.append(b"K"), clerk)
    if step is not None:
        at.face.sitting.flow.step = step
    await at.begin()
    try:
        yield at
    finally:
        await at.end()
        at.check_grammar()
