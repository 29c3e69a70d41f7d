"""Keys that arrive in one packet act in the order typed, whatever the link does (leaks 0.1b)."""

from __future__ import annotations

import asyncio
from enum import Enum, auto
from typing import Any, Final

from textual import events
from textual.app import App
from textual.message import Message

from kiosk.terminal import upstream

PATIENCE: Final = 10.0
"""Seconds to wait for an app that is still busy with the last key: on a machine under load a page takes that long."""
LITTLE_PATIENCE: Final = 0.05
"""Seconds to wait once it has kept us waiting for all of `PATIENCE`, until it is quiet again."""
_TURNS: Final = 3
_AT_ONCE: Final = 200
"""Events that may follow each other without a look at whether the app keeps up."""
_HARMLESS: Final = (
    events.MouseMove,
    events.MouseScrollUp,
    events.MouseScrollDown,
    events.MouseScrollLeft,
    events.MouseScrollRight,
    events.AppFocus,
    events.AppBlur,
)
"""Events that no key has to wait for."""


class _Owed(Enum):
    NOTHING = auto()
    LETTERS = auto()
    ALL = auto()


class Order:
    """Holds back an event until what came before it has had its whole effect.

    Letters that go into a text field may follow each other at once: one queue holds them. Everything else (Tab,
    Backspace, Enter, a click, a letter that is a binding) travels through several queues, and what comes next would
    overtake it.
    """

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._owed = _Owed.ALL
        self._passed = 0
        self._patience = PATIENCE
        self._page: object = None

    async def before(self, event: Message) -> None:
        """Wait, within bounds, until `event` may be posted."""
        self._passed += 1
        if isinstance(event, _HARMLESS) and self._passed < _AT_ONCE:
            return
        if self._owed is _Owed.ALL or self._passed >= _AT_ONCE:
            await self._settle()
        letter = self._is_letter(event)
        if not letter and self._owed is _Owed.LETTERS:
            await self._settle()
        self._owed = _Owed.LETTERS if letter else _Owed.ALL

    def _is_letter(self, event: Message) -> bool:
        if not isinstance(event, events.Key) or not event.character:
            return False
        try:
            focused = self._app.screen.focused
        except Exception:
            return False
        return focused is not None and focused.check_consume_key(event.key, event.character)

    async def _settle(self) -> None:
        loop = asyncio.get_running_loop()
        end = loop.time() + self._patience
        quiet = 0
        while quiet < _TURNS:
            if loop.time() >= end:
                self._patience = LITTLE_PATIENCE
                break
            quiet = quiet + 1 if self._is_settled() else 0
            await asyncio.sleep(0 if quiet else 0.0005)
        else:
            self._patience = PATIENCE
        self._owed, self._passed = _Owed.NOTHING, 0

    def _is_settled(self) -> bool:
        if not upstream.is_quiet(self._app):
            return False
        page = self._app.screen
        if page is not self._page and upstream.awaits_layout(self._app):
            return False
        self._page = page
        return True
