"""What a meeting's page shows: vacancies above, everybody in order of need below, and beside them why one is there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from textual import on
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Static

from kiosk.desk.screens.page import LockablePage
from kiosk.meeting import pane, printed
from kiosk.meeting.screens import columns
from kiosk.meeting.views import Filter, View
from kiosk.terminal.text import say
from widgets.rows import RowTable

if TYPE_CHECKING:
    from kiosk.meeting.meeting_file import MeetingFile

MOST_VACANCIES = 5
"""Vacancies in sight at a time."""


class DrawnMeeting(LockablePage):
    """Two tables and a pane; what its keys do is added by `ActingMeeting` and `MeetingPage`."""

    def __init__(self, file: MeetingFile, today: date) -> None:
        super().__init__()
        self._file, self.meeting, self._today = file, file.meeting, today
        self._filter = Filter()
        self._places: Sequence[int] = range(len(file.meeting.rows))
        self._hidden = 0
        self._typed = ""
        self._said = ""

    def banner(self) -> Iterable[Widget]:
        """Yield what was done last, the counts, the vacancies, and what of the list is shown."""
        yield Static("", id="done")
        yield Static("", id="state")
        yield RowTable(columns.VACANCIES, self._vacancy_row, id="vacancies")
        yield Static("", id="shown")

    def body(self) -> Iterable[Widget]:
        """Yield the list, and the pane beside it."""
        with Horizontal(id="both"):
            yield RowTable(columns.people(self.meeting), self._person_row, id="people")
            yield Static("", id="pane")

    def on_mount(self) -> None:
        """Show everything, the cursor where it was."""
        looked_at = self.meeting.place.get(self.meeting.looked_at, 0)
        self._refresh(self.meeting.rows[looked_at].meeting_number)

    @property
    def _people(self) -> RowTable:
        return self.query_one("#people", RowTable)

    @property
    def _vacancies(self) -> RowTable:
        return self.query_one("#vacancies", RowTable)

    @property
    def number(self) -> str:
        """The number under the cursor; empty where nobody is shown."""
        cursor = self._people.cursor
        return self.meeting.rows[self._places[cursor]].meeting_number if cursor < len(self._places) else ""

    @property
    def code(self) -> str:
        """The vacancy that is marked; empty where there is none."""
        codes = list(self.meeting.vacancies)
        return codes[min(self._vacancies.cursor, len(codes) - 1)] if codes else ""

    def _person_row(self, index: int) -> Sequence[str]:
        return columns.person_cells(self.meeting, self._places[index], self._today)

    def _vacancy_row(self, index: int) -> Sequence[str]:
        return columns.vacancy_cells(self.meeting, list(self.meeting.vacancies)[index])

    def _refresh(self, number: str = "") -> None:
        """Show what stands now, the cursor on `number`, or where it was."""
        stood = number or self.number
        self._places = self._filter.places(self.meeting, self._today)
        at = self.meeting.place.get(stood, 0)
        cursor = next((index for index, place in enumerate(self._places) if place >= at), 0)
        if cursor < len(self._places) and self._places[cursor] != at and self._filter.view is View.OFFERS:
            cursor = self._places.index(at) if at in self._places else 0
        self._hidden = self._filter.not_said(self.meeting)
        self._people.grow(len(self._places), cursor)
        count = len(self.meeting.vacancies)
        self._vacancies.styles.height = min(count, MOST_VACANCIES) + 1
        self._vacancies.display = bool(count)
        self._vacancies.grow(count, self._vacancies.cursor)
        self._tell()

    def _tell(self) -> None:
        done = sum(not each.undone for each in self.meeting.changes[self.meeting.begun :])
        title = f"{self.meeting.area} {self.meeting.month}  {done:,} changes, all kept."
        self.query_one("#done", Static).update(say(f"{title} {self._said}".rstrip()))
        self.query_one("#state", Static).update(say(printed.summary(self.meeting, self._today)))
        self._tell_shown()

    def _tell_shown(self) -> None:
        """What is shown, what is looked for, and the pane: what a cursor's move changes."""
        said = f"Shown: {self._filter.words(self.meeting)}, in order."
        if self._hidden:
            said += f" Of {self._hidden:,} more household or size is not said here."
        if self._typed:
            said = f"Looking for {self._typed}. {said}"
        where = f"row {self._people.cursor + 1:,} of {len(self._places):,}" if self._places else "nobody"
        self.query_one("#shown", Static).update(say(f"{said} {where}"), layout=False)
        lines = pane.about(self.meeting, self.number, self.code, self._today) if self.number else ()
        self.query_one("#pane", Static).update(say("\n".join(lines)), layout=False)

    @on(RowTable.Moved)
    def _moved(self) -> None:
        self._tell_shown()

    def _say(self, sentence: str) -> None:
        self._said = sentence
        self._tell()
