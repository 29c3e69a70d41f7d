"""The meeting's page: its keys, and the ways through the list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType

from kiosk.meeting import pane, printed
from kiosk.meeting.screens.acting import ActingMeeting
from kiosk.meeting.screens.lines import LinesPage
from kiosk.meeting.screens.wall import WallPage
from kiosk.meeting.screens.windows import FilterWindow
from kiosk.meeting.screens.writing import WriteWindow
from kiosk.meeting.views import Filter, View
from widgets.keybar import Key
from widgets.rows import RowTable


class MeetingPage(ActingMeeting):
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

    def action_back(self) -> None:
        """There is nothing before the meeting but the lock."""

    def action_scroll_body(self, pages: int) -> None:
        """The tables scroll by themselves."""
