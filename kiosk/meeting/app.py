"""The full-screen meeting: locked, then open until it is left, and nothing in between."""

from __future__ import annotations

import gc
from collections.abc import Callable
from datetime import date
from pathlib import Path, PurePath
from typing import ClassVar

from kiosk.desk.locked_app import LockedApp
from kiosk.desk.screens.locked import LockedPage
from kiosk.meeting.meeting_file import MeetingFile
from kiosk.meeting.screens.page import MeetingPage
from kiosk.terminal.control import Control
from kiosk.terminal.stylesheet import stylesheet


class MeetingApp(LockedApp):
    """One unlocking, one meeting. Locking ends the process; the next one asks for the passphrase again."""

    what = "meeting"
    CSS_PATH: ClassVar[list[str | PurePath]] = [stylesheet(), Path(__file__).with_name("meeting.tcss")]

    def __init__(
        self,
        control: Control | None,
        path: Path,
        who: str,
        *,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__(control)
        self.path = path
        """The meeting's file."""
        self.who = who
        """Whoever changes the list, by a code."""
        self._today = today

    async def _walk(self) -> None:
        locked = LockedPage(lambda typed: MeetingFile.open(self.path, typed), self.end)
        await self.push_screen_wait(locked)
        file = locked.opened
        del locked
        assert file is not None
        gc.collect()
        gc.freeze()  # fifty thousand rows would be looked through again and again, a key waiting
        await self.push_screen_wait(MeetingPage(file, self.who, self._today()))
