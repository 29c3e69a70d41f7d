"""The meeting: vacancies above, everybody in order of need below, and beside them why one is there.

Every act is written to the file before its key is answered; where the file cannot be written, the act is taken back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Static

from kiosk.desk.screens.page import LockablePage
from kiosk.errors import KioskError
from kiosk.meeting import pane, printed
from kiosk.meeting.acts import Acts
from kiosk.meeting.record import What
from kiosk.meeting.screens import columns
from kiosk.meeting.screens.lines import LinesPage
from kiosk.meeting.screens.wall import WallPage
from kiosk.meeting.screens.windows import (
    CodeWindow,
    DayWindow,
    FilterWindow,
    ReasonsWindow,
    VacancyWindow,
)
from kiosk.meeting.screens.writing import WriteWindow
from kiosk.meeting.views import Filter, View
from kiosk.terminal.text import say
from widgets.keybar import Key
from widgets.rows import RowTable

if TYPE_CHECKING:
    from kiosk.meeting.meeting_file import MeetingFile
    from kiosk.meeting.vacancy import Vacancy

MOST_VACANCIES = 5
"""Vacancies in sight at a time."""


class MeetingPage(LockablePage):
    """The list holder's page."""

    heading = "Meeting"
    help_text = (
        "Everybody on the merged list by meeting number, in order of need, and the vacancies above. Tab changes "
        "between the two tables. Keys for a person act on the row under the cursor, and on the vacancy marked with >.\n"
        "Person: R refers, O offers and asks for the day to answer by, Y accepted, D declined, H housed, I inactive, "
        "P passes over, N notes a code (again: takes it away), W there was a word this month, Enter shows all of it.\n"
        "Vacancy: + enters one, E changes it, X closes it, Enter shows who fits, in order.\n"
        "List: digits find a number, F2 filters, L everybody, Z offers, T no word for 90 days, G who is new, gone or "
        "changed, B the page for a wall, K files, J the record of changes, U takes back the last act of this meeting.\n"
        "Nobody above who fits and has nothing is passed over without a coded reason; the record of changes keeps it."
    )
    AUTO_FOCUS = "#people"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,shift+tab", "other_table", show=False),
        Binding("f2", "filter", show=False),
        Binding("backspace", "find_less", show=False),
        *(
            Binding(keys, action, show=False)
            for keys, action in {
                "r": "give('refer')",
                "o": "give('offer')",
                "y": "person('accepted')",
                "d": "declined",
                "h": "person('housed')",
                "i": "person('inactive')",
                "w": "person('heard')",
                "p": "pass_over",
                "n": "note",
                "plus": "vacancy(True)",
                "e": "vacancy(False)",
                "x": "close_vacancy",
                "u": "undo",
                "l": "view('EVERYBODY')",
                "z": "view('OFFERS')",
                "t": "view('SILENT')",
                "g": "difference",
                "j": "record",
                "b": "wall",
                "k": "write",
            }.items()
        ),
    ]

    def __init__(self, file: MeetingFile, who: str, today: date) -> None:
        super().__init__()
        self._file, self.meeting, self._today = file, file.meeting, today
        self._acts = Acts(file.meeting, who, today)
        self._filter = Filter()
        self._places: Sequence[int] = range(len(file.meeting.rows))
        self._hidden = 0
        self._typed = ""
        self._said = ""
        self._writing = False

    # What is shown

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

    def keys(self) -> Iterable[Key]:
        """Yield the keys of this page, those that are needed most at the head."""
        yield from (
            Key("Tab", "Other table", "other_table"),
            Key("O", "Offer", "give('offer')"),
            Key("U", "Undo", "undo"),
            Key("F2", "Filter", "filter"),
            Key("G", "New, gone", "difference"),
            Key("B", "Wall", "wall"),
            Key("K", "Files", "write"),
            Key("R", "Refer", "give('refer')"),
            Key("Y", "Accepted", "person('accepted')"),
            Key("D", "Declined", "declined"),
            Key("H", "Housed", "person('housed')"),
            Key("I", "Inactive", "person('inactive')"),
            Key("P", "Pass over", "pass_over"),
            Key("N", "Note", "note"),
            Key("+", "Vacancy", "vacancy(True)"),
            Key("Z", "Offers", "view('OFFERS')"),
            Key("T", "No word", "view('SILENT')"),
        )

    def hints(self) -> Iterable[Key]:
        """Yield help and lock first: where there is no room, what comes later is cut."""
        yield from (Key("F1", "All keys", "help"), Key("F12", "Lock", "leave"))
        yield from self.keys()

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

    # Acts

    def _do(self, act: Callable[[], object]) -> None:
        """Do something, write it, and only then say so."""
        if not self._writing:
            self._writing = True
            self.run_worker(self._done(act), group="act")

    async def _done(self, act: Callable[[], object]) -> None:
        number, before = self.number, len(self.meeting.changes)
        try:
            said = act()
            self.meeting.looked_at = number
            try:
                await asyncio.to_thread(self._file.save)
            except KioskError:
                if len(self.meeting.changes) > before:
                    self._acts.undo()
                raise
            last = self.meeting.changes[-1].words
            self._said = f"Taken back: {said}" if isinstance(said, str) else f"U takes back: {last}"
        except KioskError as error:
            self._said = f"! {error} {error.hint}"
        self._writing = False
        self._refresh()

    def action_person(self, act: str) -> None:
        """Do something with the row under the cursor."""
        number = self.number
        if number:
            self._do(lambda: getattr(self._acts, act)(number))

    def action_give(self, how: str) -> None:
        """Refer or offer, after a reason for everybody above who fits and has nothing."""
        number, code = self.number, self.code
        if not number or not code:
            self._say("! There is no vacancy: + enters one.")
            return
        passed = self.meeting.above(number, code)
        what = f"{how.capitalize()} {code} to {number}"
        if passed:
            self.app.push_screen(
                ReasonsWindow(self.meeting, passed, what),
                lambda reasons: self._given(how, number, code, reasons),
            )
        else:
            self._given(how, number, code, {})

    def _given(self, how: str, number: str, code: str, reasons: dict[str, str] | None) -> None:
        if reasons is None:
            return
        if how == "refer":
            self._do(lambda: self._acts.refer(number, code, reasons))
            return

        def by(day: date | None) -> None:
            if day is not None:
                self._do(lambda: self._acts.offer(number, code, day, reasons))

        self.app.push_screen(DayWindow(f"Offer {code} to {number}", self._today), by)

    def action_declined(self) -> None:
        """The offer was declined, with a reason or without."""
        number = self.number

        def told(reason: str | None) -> None:
            if reason is not None:
                self._do(lambda: self._acts.declined(number, reason))

        if number:
            codes = self.meeting.codes.reasons
            self.app.push_screen(CodeWindow(f"{number} declined: why?", codes, none="no reason was said"), told)

    def action_pass_over(self) -> None:
        """Pass the row under the cursor over for the vacancy that is marked."""
        number, code = self.number, self.code

        def told(reason: str | None) -> None:
            if reason is not None:
                self._do(lambda: self._acts.pass_over(number, code, reason))

        if number and code:
            self.app.push_screen(CodeWindow(f"Pass {number} over for {code}: why?", self.meeting.codes.reasons), told)

    def action_note(self) -> None:
        """Note a code of the row under the cursor."""
        number = self.number

        def told(code: str | None) -> None:
            if code is not None:
                self._do(lambda: self._acts.note(number, code))

        if number and self.meeting.codes.notes:
            self.app.push_screen(CodeWindow(f"Note of {number}", self.meeting.codes.notes), told)

    def action_vacancy(self, new: bool) -> None:
        """Enter a vacancy, or change the one that is marked."""
        before = None if new else self.meeting.vacancies.get(self.code)
        if not new and before is None:
            return
        made = sum(each.what is What.MADE for each in self.meeting.changes)

        def told(vacancy: Vacancy | None) -> None:
            if vacancy is not None:
                self._do(lambda: self._acts.vacancy(vacancy))

        self.app.push_screen(VacancyWindow(before, f"V-{made + 1:02d}"), told)

    def action_close_vacancy(self) -> None:
        """Close the vacancy that is marked."""
        code = self.code
        if code:
            self._do(lambda: self._acts.close(code))

    def action_undo(self) -> None:
        """Take back the last act of this meeting."""
        self._do(self._acts.undo)

    # Ways through the list

    def action_other_table(self) -> None:
        """Go to the other table."""
        other = self._vacancies if self.focused is self._people and self.meeting.vacancies else self._people
        other.focus()

    def action_go_on(self) -> None:
        """Enter, wherever the focus is."""
        self._people.action_choose()

    @on(RowTable.Chosen)
    def _chosen(self) -> None:
        if self.focused is self._vacancies:
            self._show(Filter(View.FITS, self.code))
            self._people.focus()
        elif self.number:
            lines = list(pane.about(self.meeting, self.number, self.code, self._today))
            self.app.push_screen(LinesPage("A row", lines, ""))

    def _show(self, wanted: Filter) -> None:
        self._filter, self._typed = wanted, ""
        self._refresh()

    def action_view(self, view: str) -> None:
        """Show another view of the list."""
        self._show(Filter(View[view]))

    def action_filter(self) -> None:
        """Ask what to show."""
        self.app.push_screen(FilterWindow(self._filter), lambda wanted: self._show(wanted) if wanted else None)

    def action_difference(self) -> None:
        """Show who is new, gone or changed."""
        lines = list(printed.difference(self.meeting))
        self.app.push_screen(LinesPage("New, gone, changed", lines, "Nobody is new, gone or changed."))

    def action_record(self) -> None:
        """Show the record of changes, the newest first."""
        lines = list(printed.changes(self.meeting))[::-1]
        self.app.push_screen(LinesPage("What was done", lines, "Nothing was done yet."))

    def action_write(self) -> None:
        """Write hand-outs, or return files for every agency."""
        self.app.push_screen(WriteWindow(self._file, self._today))

    def action_wall(self) -> None:
        """Show what may be projected."""
        shown = self._filter.words(self.meeting)
        self.app.push_screen(WallPage(self.meeting, self._places, shown, self._people.cursor, self._today))

    def on_key(self, event: events.Key) -> None:
        """Digits find a number; any other key ends the search."""
        if event.key.isdecimal():
            event.stop()
            self._find(self._typed + event.key)
        elif self._typed and event.key != "backspace":
            self._typed = ""

    def action_find_less(self) -> None:
        """Take the last digit back."""
        self._find(self._typed[:-1])

    def _find(self, typed: str) -> None:
        rows = self.meeting.rows
        self._typed = typed[:11]
        first = self.meeting.beginning_with(typed) if typed else None
        if first is None or isinstance(self._places, range):
            index = first
        else:
            found = (index for index, at in enumerate(self._places) if rows[at].meeting_number.startswith(typed))
            index = next(found, None)
        if index is not None:
            self._people.cursor = index
        elif first is not None:
            self._say(f"{typed} is on the list, and not shown: L shows everybody.")
        elif typed:
            self._say(f"! No number begins with {typed}.")
        self._tell_shown()

    def _say(self, sentence: str) -> None:
        self._said = sentence
        self._tell()

    def action_back(self) -> None:
        """There is nothing before the meeting but the lock."""

    def action_scroll_body(self, pages: int) -> None:
        """The tables scroll by themselves."""
