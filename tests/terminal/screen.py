"""pyte's screen with its history, at a fraction of its cost: it is what most of a terminal test's time goes into.

pyte looks at every attribute of a screen twice so that its history can be paged through, and makes a new cell for each
letter. Nobody pages here; a letter of one cell has the same cell each time. `test_screen.py` holds it to pyte's own.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pyte
from pyte import charsets, modes
from pyte.screens import Char, wcwidth


@cache
def _is_narrow(letter: str) -> bool:
    return bool(wcwidth(letter) == 1)


class Screen(pyte.HistoryScreen):
    """A screen of rows, and what scrolled off it."""

    __getattribute__ = object.__getattribute__

    def __init__(self, columns: int, lines: int, history: int = 100) -> None:
        self._cells: dict[Char, dict[str, Char]] = {}
        self._rows: list[str] = []
        super().__init__(columns, lines, history=history)

    def draw(self, data: str) -> None:
        """Put letters at the cursor. Those of one cell are put here, any other text by pyte."""
        plain = self.charset == 0 and self.g0_charset is charsets.LAT1_MAP and modes.IRM not in self.mode
        if not plain or not all(map(_is_narrow, data)):
            # a mark at the start of a row goes to the end of the one above, and pyte does not say so
            self.dirty.add(max(self.cursor.y - 1, 0))
            super().draw(data)
            return
        cursor, columns = self.cursor, self.columns
        cells = self._cells.setdefault(cursor.attrs, {})
        line = self.buffer[cursor.y]
        for letter in data:
            if cursor.x == columns:
                if modes.DECAWM in self.mode:
                    self.dirty.add(cursor.y)
                    self.carriage_return()
                    self.linefeed()
                    line = self.buffer[cursor.y]
                else:
                    cursor.x -= 1
            cell = cells.get(letter)
            if cell is None:
                cell = cells[letter] = cursor.attrs._replace(data=letter)
            line[cursor.x] = cell
            cursor.x += 1
        self.dirty.add(cursor.y)

    def rows(self) -> list[str]:
        """The rows without the blanks at their ends; only those are read anew that changed since the last look."""
        if len(self._rows) != self.lines:
            self._rows = [""] * self.lines
            self.dirty.update(range(self.lines))
        for y in self.dirty:
            if y < self.lines:
                self._rows[y] = self._row(y)
        self.dirty.clear()
        return list(self._rows)

    def _row(self, y: int) -> str:
        line: Any = self.buffer[y]
        letters, behind_wide = [], False
        for x in range(self.columns):
            data = line[x].data
            if behind_wide:
                behind_wide = False
                continue
            letters.append(data)
            behind_wide = bool(data) and not _is_narrow(data[0]) and wcwidth(data[0]) == 2
        return "".join(letters).rstrip()

    def resize(self, lines: int | None = None, columns: int | None = None) -> None:
        """Take another size; every row is read anew."""
        super().resize(lines, columns)
        self._rows = []
