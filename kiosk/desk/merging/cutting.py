"""Cutting the wanted cells out of a row: found once by the header, then by place."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import Final

from kiosk.desk.merging.faults import BadFile, BadRow

MOST_COLUMNS: Final = 1_000
"""The most columns of one file; HUD's widest has 71."""

Row = tuple[str, ...]


class Cut:
    """Where the wanted columns are.

    Raises BadFile when the header lacks one of them, has one twice, or is far too wide.
    """

    def __init__(self, header: str, name: str, wanted: Sequence[str]) -> None:
        self._name = name
        at, self.columns = _places(header, name, wanted)
        """How many cells each row has."""
        self.of_cells = _picker(at)
        """The wanted cells out of all of a row's."""
        self._head, self._tail = _ends(at, self.columns)
        first_of_tail = self.columns - self._tail
        self._pick = _picker([each if each < first_of_tail else self._head + 1 + each - first_of_tail for each in at])

    def lines(self, lines: Sequence[str], before: int) -> Iterator[Row]:
        """The rows of lines without a quotation mark; `before` is the row before the first. Skips empty lines."""
        head, tail, pick, commas = self._head, self._tail, self._pick, self.columns - 1
        for line in lines:
            if line.count(",") != commas:
                if not line:
                    continue
                row = before + 1 + lines.index(line)
                raise wrong_width(self._name, row, line.count(",") + 1, self.columns)
            cells = line.split(",", head)
            cells += cells.pop().rsplit(",", tail)
            yield pick(cells)


def wrong_width(name: str, row: int, cells: int, columns: int) -> BadRow:
    """A row that does not fit its header."""
    return BadRow(name, row, f"it has {cells} cells, and the header has {columns}")


def _places(header: str, name: str, wanted: Sequence[str]) -> tuple[list[int], int]:
    """The place of each wanted column, and how many columns there are."""
    if header.count(",") >= MOST_COLUMNS:
        raise BadFile(f"{name} has more columns than any list.")
    try:
        found = next(csv.reader((header,), strict=True))
    except csv.Error:
        raise BadFile(f"The header of {name} cannot be read.") from None
    names = [each.strip().casefold() for each in found]
    for column in wanted:
        if names.count(column.casefold()) != 1:
            kind = "lacks the column" if column.casefold() not in names else "has more than one column"
            raise BadFile(f"{name} {kind} {column}.")
    return [names.index(column.casefold()) for column in wanted], len(names)


def _picker(at: Sequence[int]) -> Callable[[Sequence[str]], Row]:
    if len(at) == 1:
        return lambda cells: (cells[at[0]],)
    return itemgetter(*at)


def _ends(at: Sequence[int], columns: int) -> tuple[int, int]:
    """How many cells to cut off at either end, so that the widest run without a wanted one stays whole."""
    edges = [-1, *sorted(at), columns]
    before, after = max(pairwise(edges), key=lambda gap: gap[1] - gap[0])
    head, tail = before + 1, columns - after
    return (head, tail) if head + tail < columns else (columns - 1, 0)
