"""Whole frames on demand: what the supervisor keeps of a page, to show it the moment it is needed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from textual.geometry import Size

from kiosk.terminal import control as lines
from kiosk.terminal import upstream
from kiosk.terminal.control import Control

if TYPE_CHECKING:
    from textual.app import App

    from kiosk.terminal.driver import KioskDriver

_PATIENCE: Final = 2.0
"""Seconds to wait for a page that never comes to rest, before it is painted as it stands."""


class Frames:
    """Answers the supervisor's request for a whole frame: rest, announce, wait for its word, paint, report."""

    def __init__(self, app: App[Any], driver: KioskDriver, control: Control) -> None:
        self._app = app
        self._driver = driver
        self._control = control
        self._wanted = asyncio.Event()
        self._go = asyncio.Event()
        self._task = asyncio.get_running_loop().create_task(self._answer_forever(), name="frames")

    def hear(self, message: bytes) -> None:
        """Take in a message of the supervisor's."""
        if message == lines.REPAINT:
            self._wanted.set()
        elif message == lines.FRAME_NOW:
            self._go.set()

    def announce_first(self, ready: Callable[[], None]) -> None:
        """Call `ready` once the first page has come to rest on the glass."""
        self._first = asyncio.get_running_loop().create_task(self._after_first(ready), name="first")

    async def _after_first(self, ready: Callable[[], None]) -> None:
        await self._rest()
        self._driver.when_written(ready)

    async def _answer_forever(self) -> None:
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            await self._fit()
            self._go.clear()
            self._control.send(lines.BEFORE_FRAME)
            await self._go.wait()
            await self._fit()
            self._driver.write_frame(upstream.whole_frame(self._app), self._report)

    def _report(self) -> None:
        self._control.send(lines.AFTER_FRAME)

    async def _fit(self) -> None:
        size = Size(*self._driver.terminal_size())
        if size != self._app.size:
            self._driver.tell_size()
        await self._rest(size)

    async def _rest(self, size: Size | None = None) -> None:
        loop = asyncio.get_running_loop()
        end = loop.time() + _PATIENCE
        turns = 0
        while turns < 3 and loop.time() < end:
            at_rest = upstream.is_quiet(self._app) and not upstream.awaits_paint(self._app)
            fits = size is None or self._app.size == size
            turns = turns + 1 if at_rest and fits else 0
            await asyncio.sleep(0 if turns else 0.001)
