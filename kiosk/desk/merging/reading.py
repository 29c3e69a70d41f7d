"""Reading CSV that nobody vouches for: chosen columns by their header, within fixed memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kiosk.desk.merging.blocks import Readable, blocks
from kiosk.desk.merging.cutting import Cut, Row
from kiosk.desk.merging.faults import BadFile
from kiosk.desk.merging.quoted import Quoted

MOST_LINES: Final = 10_000_000
"""The most lines of one file."""


def rows(file: Readable, name: str, columns: Sequence[str]) -> Iterator[Row]:
    """The rows of a CSV file, each the cells of `columns` in that order; to whoever counts, the first is row 2.

    Columns are found by their names, whatever the case. A row without a quotation mark is cut only as far as its
    columns need, which takes half the time of parsing it whole. Raises BadFile for what is no CSV file with these
    columns, BadRow for a row that has more or fewer cells than the header, or a quotation that nothing ends.
    """
    cut: Cut | None = None
    quoted = Quoted(name)
    row = 1
    for block in blocks(file, name):
        lines = block.split("\n")
        if cut is None:
            cut = Cut(lines.pop(0), name, columns)
        if '"' in block or quoted.waiting:
            for line in lines:
                row += 1
                if cells := quoted.cells(line, row, cut.columns):
                    yield cut.of_cells(cells)
        else:
            yield from cut.lines(lines, row)
            row += len(lines)
        if row > MOST_LINES:
            raise BadFile(f"{name} has more lines than can be merged.")
    if cut is None:
        raise BadFile(f"{name} is empty.")
    quoted.end(row)
