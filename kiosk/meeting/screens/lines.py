"""Pages of plain lines: who is new, gone or changed, and one person with all that the pane says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.widget import Widget

from kiosk.desk.screens.page import LockablePage
from widgets.rows import Column, RowTable


class LinesPage(LockablePage):
    """Lines under a heading; arrows scroll."""

    help_text = "F4 goes back to the list."
    AUTO_FOCUS = "RowTable"

    def __init__(self, heading: str, lines: Sequence[str], nothing: str) -> None:
        self.heading = heading  # type: ignore[misc]  # the title of this page alone
        super().__init__()
        self._lines = lines or [nothing]

    def body(self) -> Iterable[Widget]:
        """Yield the lines."""
        yield RowTable((Column("", 118),), lambda at: (self._lines[at],), id="table")

    def on_mount(self) -> None:
        """Show them."""
        self.query_one(RowTable).grow(len(self._lines), 0)

    def action_scroll_body(self, pages: int) -> None:
        """The table scrolls by itself."""
