"""An app that is locked, then open until it is left, and nothing in between: the desk, a meeting."""

from __future__ import annotations

from typing import ClassVar

from kiosk.terminal.app import PrivateApp
from kiosk.terminal.control import QUIT, Control
from kiosk.terminal.scrollbar import use_plain_scrollbars
from widgets.still_there import StillThere


class LockedApp(PrivateApp):
    """One unlocking. Locking ends the process; the next one asks for the passphrase again."""

    what: ClassVar[str]
    """What locks where nobody touches a key."""

    def __init__(self, control: Control | None) -> None:
        super().__init__(control)
        use_plain_scrollbars()

    def on_mount(self) -> None:
        """Ask for the passphrase, then show what is behind it."""
        self.run_worker(self._walk(), exclusive=True)

    async def _walk(self) -> None:
        """Unlock, then show it until it is left. A hook."""

    def idle_warning(self) -> None:
        """Ask whether anybody is still there."""
        if not isinstance(self.screen, StillThere):
            said = f"Nobody has touched a key for long. The {self.what} locks in half a minute. Press any key to stay."
            self.push_screen(StillThere("Still there?", said))

    def end(self) -> None:
        """End the program; the supervisor honours it."""
        self._send(QUIT)
        if self.control is None:
            self.exit()
