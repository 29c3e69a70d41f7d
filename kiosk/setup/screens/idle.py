"""How long a kiosk waits in silence before it ends a sitting."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget
from textual.widgets import Input

from kiosk.config import IDLE_SECONDS
from kiosk.setup.screens.page import SetupPage, error_line, paragraph


class IdlePage(SetupPage):
    """Ask for the idle time."""

    heading = "How long may it be silent?"
    help_text = (
        "After this long without a key, a paste or a click the sitting ends as if its visitor had left, and nothing is "
        "kept. A warning comes before. Three minutes suits most places; somebody who reads slowly may need five."
    )

    def body(self) -> Iterable[Widget]:
        """Yield the field."""
        yield paragraph(f"Seconds of silence before a sitting ends: {IDLE_SECONDS[0]} to {IDLE_SECONDS[-1]}.")
        yield Input(str(self.draft.idle_seconds), id="idle", max_length=5, restrict=r"[0-9]*", select_on_focus=False)
        yield error_line()

    def take(self) -> bool:
        """Take the time if it is in range."""
        untrusted = self.query_one("#idle", Input).value
        if not untrusted.isdecimal() or int(untrusted) not in IDLE_SECONDS:
            return self.complain(f"A number from {IDLE_SECONDS[0]} to {IDLE_SECONDS[-1]}.")
        self.draft.idle_seconds = int(untrusted)
        return True
