"""Rows with quotation marks, which may hold commas and line breaks."""

from __future__ import annotations

import csv
from collections.abc import Sequence

from kiosk.desk.merging.blocks import LONGEST_LINE
from kiosk.desk.merging.cutting import wrong_width
from kiosk.desk.merging.faults import BadRow


class Quoted:
    """Gathers lines until every quotation is ended, and parses them whole."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._gathered: list[str] = []
        self._length = 0

    @property
    def waiting(self) -> bool:
        """Whether a quotation is still open."""
        return bool(self._gathered)

    def cells(self, line: str, row: int, columns: int) -> Sequence[str]:
        """All cells of the row that this line ends; none while it goes on, or when the line is empty.

        Raises BadRow for a row of another width, and for a quotation that is not ended within `LONGEST_LINE`.
        """
        if self._gathered or line.count('"') % 2:
            opens = not self._gathered
            self._gathered.append(line)
            self._length += len(line) + 1
            if self._length > LONGEST_LINE:
                self.end(row)
            if opens or line.count('"') % 2 == 0:
                return ()
            line = "\n".join(self._gathered)
            self._gathered.clear()
            self._length = 0
        if not line:
            return ()
        try:
            cells = next(csv.reader((line,), strict=True))
        except csv.Error:
            raise BadRow(self._name, row, "its quotation marks do not fit together") from None
        if len(cells) != columns:
            raise wrong_width(self._name, row, len(cells), columns)
        return cells

    def end(self, row: int) -> None:
        """Raises BadRow when the file ends, or has gone on for long, inside a quotation."""
        if self._gathered:
            raise BadRow(self._name, row - len(self._gathered) + 1, "a quotation is opened and not ended")
