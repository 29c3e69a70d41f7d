"""The wall page: meeting number, place, needs in words, state. Nothing else can be switched on here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from textual import events
from textual.widget import Widget
from textual.widgets import Static

from kiosk.desk.screens.page import LockablePage
from kiosk.meeting import words
from kiosk.meeting.meeting import Meeting
from kiosk.terminal.text import say
from widgets.rows import Column, RowTable


class WallPage(LockablePage):
    """What may be projected on a wall."""

    heading = "The list"
    help_text = (
        "For a room: meeting numbers, places, needs in words and states, and nothing else. Whoever may know a number's "
        "person knows it from a key of their own; nobody learns it here. Arrow keys, Page Up, Page Down, Home and End "
        "move, digits find a number, F4 goes back."
    )
    AUTO_FOCUS = "RowTable"

    def __init__(self, meeting: Meeting, places: Sequence[int], shown: str, cursor: int, today: date) -> None:
        super().__init__()
        self._meeting, self._places, self._shown = meeting, places, shown
        self._cursor, self._today = cursor, today
        self._typed = ""

    def body(self) -> Iterable[Widget]:
        """Yield the table."""
        columns = (Column("", 8), Column("", 12, spare=1), Column("", 60, spare=2), Column("", 8))
        yield RowTable(columns, self._row, id="table")

    def buttons(self) -> Iterable[Widget]:
        """Yield what is shown, in words."""
        yield Static(say(f"Shown: {self._shown}"), id="shown")

    def on_mount(self) -> None:
        """Show as many as there are."""
        self.query_one(RowTable).grow(len(self._places), self._cursor)

    def _row(self, index: int) -> Sequence[str]:
        at = self._places[index]
        row = self._meeting.rows[at]
        overdue = self._meeting.overdue(row.meeting_number, self._today)
        state = words.state_words(self._meeting.state(row.meeting_number), overdue=overdue)
        return (row.meeting_number, f"place {at + 1}", words.needs(row), state)

    def on_key(self, event: events.Key) -> None:
        """Digits find a number."""
        if not event.key.isdecimal():
            self._typed = ""
            return
        self._typed += event.key
        found = [
            index
            for index, at in enumerate(self._places)
            if self._meeting.rows[at].meeting_number.startswith(self._typed)
        ]
        if found:
            self.query_one(RowTable).cursor = found[0]
        else:
            self._typed = ""

    def action_scroll_body(self, pages: int) -> None:
        """The table scrolls by itself."""
