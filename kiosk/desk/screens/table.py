"""The list: every record that stands, in order of need, filling while it is opened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from kiosk.desk.records.view import Filter
from kiosk.desk.screens.apart import ApartPage
from kiosk.desk.screens.cells import COLUMNS, cells, narrowed, state
from kiosk.desk.screens.changes import ChangesPage
from kiosk.desk.screens.conference import ConferencePage
from kiosk.desk.screens.detail import DetailPage
from kiosk.desk.screens.filter_and_find import FilterWindow, FindWindow
from kiosk.desk.screens.page import DeskPage
from kiosk.desk.screens.reporting import ReportWindow
from kiosk.desk.screens.sealed import SealedWindow
from kiosk.desk.screens.writing import ExportWindow
from kiosk.terminal.text import say
from widgets.keybar import Key
from widgets.rows import RowTable

TICK = 0.25
"""Seconds between two looks at what was opened meanwhile."""

WRITING: Final = {"export": ExportWindow, "report": ReportWindow, "sealed": SealedWindow}
"""What can be written to a file, each with its window."""


class TablePage(DeskPage):
    """The table with its cursor; Enter opens a record's page."""

    heading = "The list"
    help_text = (
        "Everybody who waits, by number, the greatest need first. Enter shows a record, why it stands where it does, "
        "and who comes next. F2 filters, F3 finds a number, S sorts by rank or by number; it can be sorted by nothing "
        "else. C is for a meeting: numbers alone. A shows what was set apart and why, W what is new (+) or changed (*) "
        "since you last said that you have seen the list. X writes "
        "the external list to a file, R a board's report of a month, E every record as it lies here, sealed, for "
        "another machine. Bands are the values of the profile's ranking keys, in its "
        "order. While records are being opened, ranks can still move."
    )
    AUTO_FOCUS = "RowTable"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "filter", show=False),
        Binding("f3,slash", "find", show=False),
        Binding("s", "sort", show=False),
        Binding("c", "conference", show=False),
        Binding("a", "apart", show=False),
        Binding("w", "changes", show=False),
        Binding("x", "write('export')", show=False),
        Binding("r", "write('report')", show=False),
        Binding("e", "write('sealed')", show=False),
    ]

    def banner(self) -> Iterable[Widget]:
        """Yield how far the list is, and what of it is shown."""
        yield Static("", id="state")
        yield Static("", id="filtered")

    def body(self) -> Iterable[Widget]:
        """Yield the table."""
        yield RowTable(COLUMNS, self._row, id="table")

    def keys(self) -> Iterable[Key]:
        """Yield what can be done here."""
        yield from (
            Key("Enter", "Show", "go_on"),
            Key("F2", "Filter", "filter"),
            Key("F3", "Find", "find"),
            Key("S", "Sort", "sort"),
            Key("C", "Conference", "conference"),
            Key("A", "Apart", "apart"),
            Key("W", "What changed", "changes"),
            Key("X", "Write", "write('export')"),
            Key("R", "Report", "write('report')"),
            Key("E", "Sealed copy", "write('sealed')"),
        )

    @property
    def table(self) -> RowTable:
        """The table."""
        return self.query_one("#table", RowTable)

    def on_mount(self) -> None:
        """Open the records, and look from time to time how far they are."""
        self._ticking = self.set_interval(TICK, self._tick)
        self.run_worker(self._fill(), exclusive=True)
        self._tell()

    async def _fill(self) -> None:
        await self.desk.fill()
        self._ticking.stop()
        self._grow(None)
        self._tell()

    def _tick(self) -> None:
        before = self.under_cursor
        self.desk.settle()
        self._grow(before)
        self._tell()

    def _grow(self, number: int | None) -> None:
        """Show as many rows as there are; the cursor stays on `number`, unless it stands at the top."""
        place = 0 if number is None else self.desk.view.index(number) or 0
        self.table.grow(len(self.desk.view), place)

    @property
    def under_cursor(self) -> int | None:
        """The number on which the cursor was put, `None` while nobody moved it."""
        cursor = self.table.cursor
        return self.desk.view.number(cursor) if 0 < cursor < len(self.desk.view) else None

    def _row(self, index: int) -> Sequence[str]:
        return cells(self.desk, index)

    def _tell(self) -> None:
        self.query_one("#state", Static).update(say(state(self.desk)))
        filtered = self.query_one("#filtered", Static)
        said = narrowed(self.desk)
        filtered.update(say(said))
        filtered.set_class(not said, "-nothing")

    # What keys do

    def action_go_on(self) -> None:
        """Show the record under the cursor."""
        self.table.action_choose()

    @on(RowTable.Chosen)
    def _chosen(self, event: RowTable.Chosen) -> None:
        if event.index < len(self.desk.view):
            self.app.push_screen(DetailPage(self.desk, self.desk.view.number(event.index)), self._left)

    def _left(self, how: str | None) -> None:
        if how == "removed":
            self._grow(None)
            self._tell()

    def action_filter(self) -> None:
        """Ask what to show."""

        def chosen(wanted: Filter | None) -> None:
            if wanted is not None:
                self.run_worker(self._show(wanted, by_number=self.desk.view.by_number), exclusive=True, group="show")

        self.app.push_screen(FilterWindow(self.desk), chosen)

    def action_sort(self) -> None:
        """Sort by number, or by rank again."""
        view = self.desk.view
        self.run_worker(self._show(view.filter, by_number=not view.by_number), exclusive=True, group="show")

    async def _show(self, wanted: Filter, *, by_number: bool) -> None:
        number = self.under_cursor
        await self.desk.show(wanted, by_number=by_number)
        self._grow(number)
        self._tell()

    def action_find(self) -> None:
        """Ask for a number and go there."""

        def found(number: int | None) -> None:
            place = None if number is None else self.desk.view.index(number)
            if place is not None:
                self.table.cursor = place

        self.app.push_screen(FindWindow(self.desk), found)

    def action_conference(self) -> None:
        """Show numbers alone."""
        self.app.push_screen(ConferencePage(self.desk, self.table.cursor))

    def action_apart(self) -> None:
        """Show what is never ranked."""
        self.app.push_screen(ApartPage(self.desk))

    def action_changes(self) -> None:
        """Show what changed since the last look."""
        self.app.push_screen(ChangesPage(self.desk), self._marks_changed)

    def _marks_changed(self, _: str | None) -> None:
        self.table.refresh()

    def action_write(self, what: str) -> None:
        """Write a file, once everything is open."""
        if self.desk.complete:
            self.app.push_screen(WRITING[what](self.desk))

    def action_back(self) -> None:
        """There is nothing before the list but the lock."""

    def action_scroll_body(self, pages: int) -> None:
        """The table scrolls by itself."""
