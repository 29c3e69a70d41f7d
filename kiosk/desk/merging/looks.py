"""How rows look on the merged list: nobody's cells may tell which of the lists a row came from (P10)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Final

from kiosk.desk.merging.need import CELLS

COLUMNS: Final = (
    "sheltered",
    "disabling_condition",
    "times_band",
    "veteran",
    "youth_household",
    "with_children",
    "household_size_band",
)
"""The columns of `kiosk.desk.merging.need.CELLS`."""


class Written(dict[int, str]):
    """The cells of a row by what it shows of itself (`kiosk.desk.merging.need.SHOWN`), each made once."""

    def __init__(self, cell: Callable[[int, str], str]) -> None:
        self._cell = cell

    def __missing__(self, bits: int) -> str:
        self[bits] = row = ",".join(self._cell(column, value) for column, value in enumerate(texts(bits)))
        return row


class Looks:
    """What the rows of both sides show, so that each value of an external row is one that some row of HMIS has.

    A value that none of them has is left empty where others are empty too; else the whole column is.
    """

    def __init__(self, inside: Collection[int], outside: Collection[int]) -> None:
        """Takes what there is to show on either side, each once."""
        mine = [set(values) for values in zip(*map(texts, inside), strict=True)] or [{""} for _ in CELLS]
        theirs = [set(values) for values in zip(*map(texts, outside), strict=True)] or [set() for _ in CELLS]
        both = bool(inside) and bool(outside)
        self._common = mine
        self._empty = {at for at, seen in enumerate(mine) if both and theirs[at] - seen and "" not in seen}
        self._both = both
        self.inside = Written(lambda at, value: "" if at in self._empty else value)
        """Cells of a row of HMIS."""
        self.outside = Written(self._disguised)
        """Cells of a row of an external list."""

    @property
    def emptied(self) -> list[str]:
        """Columns that are empty for everybody."""
        return [COLUMNS[at] for at in sorted(self._empty)]

    def _disguised(self, at: int, value: str) -> str:
        return value if not self._both or (at not in self._empty and value in self._common[at]) else ""


def texts(bits: int) -> tuple[str, ...]:
    """The cells of a row as they would be written if nobody stood out."""
    return tuple(values[bits >> low & (7 if len(values) > 4 else 3)] for low, values in CELLS)
