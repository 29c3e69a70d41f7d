"""A table of any number of rows, of which only those in sight are ever made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

_HERE, _ELSEWHERE = "> ", "  "
_GAP = "  "


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table."""

    title: str
    width: int
    right: bool = False
    """Whether its words stand at the right edge, as numbers do."""
    spare: int = 0
    """Where not all columns have room, the highest goes first; 0 stays."""


class RowTable(ScrollView, can_focus=True, inherit_bindings=False):
    """Rows of plain words under a line of titles; arrows, pages or the mouse move the cursor, Enter chooses.

    The row under the cursor has a mark in front, so that no colour is needed to see it.
    """

    BINDINGS = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "to(0)", show=False),
        Binding("end", "to(-1)", show=False),
        Binding("enter", "choose", show=False),
    ]
    DEFAULT_CSS = "RowTable { height: 1fr; overflow-x: hidden; overflow-y: auto; }"

    cursor: reactive[int] = reactive(0, repaint=False)
    """Index of the row under the cursor."""

    @dataclass
    class Chosen(Message):
        """Enter, or a second click, on a row."""

        index: int
        """Which one, from 0."""

    @dataclass
    class Moved(Message):
        """The cursor stands on another row."""

        index: int

    def __init__(
        self, columns: Sequence[Column], row: Callable[[int], Sequence[str]], *, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._columns = tuple(columns)
        self._row = row
        self._shown: list[int] = []
        self.count = 0
        """How many rows there are."""

    def grow(self, count: int, cursor: int) -> None:
        """There are `count` rows now, and what the cursor stood on is at `cursor`; it stays where it was in sight."""
        in_sight = self.cursor - round(self.scroll_y)
        self.count = count
        self.virtual_size = Size(self.size.width, count + 1)
        self.set_reactive(RowTable.cursor, self.validate_cursor(cursor))
        self._scroll(self.cursor - in_sight)
        self.refresh()

    def validate_cursor(self, cursor: int) -> int:
        """Keep it among the rows."""
        return max(0, min(cursor, self.count - 1))

    def watch_cursor(self, before: int, cursor: int) -> None:
        """Bring the row into sight, and tell."""
        top, height = round(self.scroll_y), max(1, self.size.height - 1)
        if not top <= cursor < top + height:
            self._scroll(cursor if cursor < top else cursor - height + 1)
        self.refresh()
        if before != cursor:
            self.post_message(self.Moved(cursor))

    def _scroll(self, top: int) -> None:
        self.scroll_to(y=max(0, top), animate=False, force=True, immediate=True)

    def on_resize(self) -> None:
        """See which columns have room now."""
        room = self.size.width - len(_HERE)
        kept = sorted(range(len(self._columns)), key=lambda index: self._columns[index].spare)
        while kept and sum(self._columns[index].width + len(_GAP) for index in kept) - len(_GAP) > room:
            if self._columns[kept[-1]].spare == 0:
                break
            kept.pop()
        self._shown = sorted(kept)
        self.virtual_size = Size(self.size.width, self.count + 1)
        self.watch_cursor(self.cursor, self.cursor)

    def render_line(self, y: int) -> Strip:
        """Draw the titles in the first line, and below them the rows in sight."""
        base = self.rich_style
        if y == 0:
            titles = [column.title for column in self._columns]
            return self._strip(_ELSEWHERE + self._line(titles), base + Style(bold=True, underline=True))
        index = round(self.scroll_y) + y - 1
        if index >= self.count:
            return self._strip("", base)
        here = index == self.cursor
        style = base + Style(bold=True, reverse=self.has_focus) if here else base
        return self._strip((_HERE if here else _ELSEWHERE) + self._line(self._row(index)), style)

    def _strip(self, line: str, style: Style) -> Strip:
        width = self.size.width
        return Strip([Segment(line[:width].ljust(width), style)], width)

    def _line(self, cells: Sequence[str]) -> str:
        shown = ((cells[index], self._columns[index]) for index in self._shown)
        return _GAP.join(
            cell[: column.width].rjust(column.width) if column.right else cell[: column.width].ljust(column.width)
            for cell, column in shown
        )

    def action_move(self, by: int) -> None:
        """Go to the next or former row."""
        self.cursor += by

    def action_page(self, pages: int) -> None:
        """Go on or back by what is in sight."""
        self.cursor += pages * max(1, self.size.height - 2)

    def action_to(self, index: int) -> None:
        """Go to the first (0) or last (-1) row."""
        self.cursor = index % self.count if self.count else 0

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        if self.count:
            self.post_message(self.Chosen(self.cursor))

    def on_click(self, event: events.Click) -> None:
        """Go to the row that was clicked on; choose it when the cursor is there already."""
        event.stop()
        self.focus()
        index = round(self.scroll_y) + event.y - 1
        if event.y == 0 or index >= self.count:
            return
        if index == self.cursor:
            self.action_choose()
        self.cursor = index
