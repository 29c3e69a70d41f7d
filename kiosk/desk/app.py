"""The full-screen desk: locked, then open until it is left, and nothing in between."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import ClassVar

from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.keys.storage import unlock
from kiosk.desk.locked_app import LockedApp
from kiosk.desk.open_desk import OpenDesk
from kiosk.desk.screens.locked import LockedPage
from kiosk.desk.screens.table import TablePage
from kiosk.paths import Place
from kiosk.terminal.control import Control
from kiosk.terminal.stylesheet import stylesheet

Unlock = Callable[[Place, str], Seeds]
"""What gives the provider's seeds for a passphrase: `kiosk.desk.keys.storage.unlock`."""

NOWHERE: Mapping[str, str] = MappingProxyType({})
"""Where a desk without a region's server looks."""


class DeskApp(LockedApp):
    """One unlocking, one list. Locking ends the process; the next one asks for the passphrase again."""

    what = "desk"
    CSS_PATH: ClassVar[list[str | PurePath]] = [stylesheet(), Path(__file__).with_name("desk.tcss")]

    def __init__(
        self,
        control: Control | None,
        place: Place,
        found: Mapping[str, str] = NOWHERE,
        *,
        unlock: Unlock = unlock,
    ) -> None:
        super().__init__(control)
        self.place = place
        """The provider's data folder."""
        self.found = found
        """Where the region's server was found, as libpq is told; empty without one."""
        self.unlock = unlock
        """What gives the seed."""
        self.desk: OpenDesk
        """What is open, once it is unlocked."""

    async def _walk(self) -> None:
        locked = LockedPage(lambda typed: self.unlock(self.place, typed), self.end)
        await self.push_screen_wait(locked)
        assert locked.opened is not None
        self.desk = OpenDesk(self.place, locked.opened, self.found)
        del locked
        gc.disable()  # a hundred thousand records would be looked through again and again, the screen waiting
        await self.push_screen_wait(TablePage(self.desk))
