"""The interval audit: what an outsider could work out from all that is published, and proof that it is too little.

For each number that must stay hidden the audit finds two whole tables that fit all that was ever published about the
quarter: one in which the number is 1 or 0, and one in which it is large enough to be shown. Both are checked by adding
up. Whoever has only the published numbers cannot tell either from the truth, so he learns of a hidden number nothing
that the word "hidden" does not say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final

from kiosk.desk.reporting.polytope import Polytope, Terms
from kiosk.desk.reporting.tables import COLUMN_STEPS, Counts, Sum, cells_of, value
from schema.report import EVERYONE, HOUSEHOLDS, SHAPES, Cell

FLOOR: Final = 11
"""The smallest count, but for none at all, that may be shown: 1 to 10 stay hidden."""


class Outsider:
    """A reader of everything published about some months. He knows sums, and tables that he cannot tell apart."""

    def __init__(self, counts: Counts, floor: int = FLOOR) -> None:
        self._counts = counts
        self._floor = floor
        self._cells = tuple(counts)
        self._index = {cell: index for index, cell in enumerate(self._cells)}
        self._truth = tuple(counts.values())
        self._whole = tuple(self._terms(each) for each in structure(counts))
        self.protected: tuple[Sum, ...] = tuple(small(counts, floor))
        self._tables: dict[tuple[int, ...], tuple[int, ...]] = {}
        self._keep(self._truth)

    def learns(self, known: Iterable[Sum]) -> Sum | None:
        """The first protected number that the known sums give away, or `None`: then the audit is passed."""
        facts = [self._indices(each) for each in known]
        fitting = [table for table in self._tables if self._fits(table, facts)]
        walker: Polytope | None = None
        for place, number in enumerate(self.protected):
            for sign, enough in ((-1, -1), (1, self._floor)):
                if any(sign * self._tables[table][place] >= enough for table in fitting):
                    continue
                walker = walker or Polytope([*self._whole, *(dict.fromkeys(fact, 1) for fact in facts)], self._truth)
                proof = self._find(walker, self._indices(number), sign, enough, facts)
                if proof is None:
                    return number
                self._keep(proof)
                fitting.append(proof)
        return None

    def tables(self) -> Iterator[Counts]:
        """Every table that was ever found to fit, the true one first."""
        return (dict(zip(self._cells, table, strict=True)) for table in self._tables)

    def _keep(self, table: tuple[int, ...]) -> None:
        """Remember a table, with every protected number in it."""
        self._tables[table] = tuple(_sum(table, self._indices(number)) for number in self.protected)

    def _find(
        self, walker: Polytope, where: tuple[int, ...], sign: int, enough: int, facts: Sequence[tuple[int, ...]]
    ) -> tuple[int, ...] | None:
        """A table in which a number is as small or as large as is asked for, checked; `None` when none is found."""
        for corner in walker.towards(dict.fromkeys(where, sign)):
            table = walker.whole(corner)
            if sign * _sum(table, where) >= enough and self._fits(table, facts):
                return table
        return None

    def _fits(self, table: tuple[int, ...], facts: Sequence[tuple[int, ...]]) -> bool:
        """Whether a table could be the true one: this is what the audit rests on."""
        return (
            min(table) >= 0
            and all(sum(table[index] * factor for index, factor in each.items()) == 0 for each in self._whole)
            and all(_sum(table, fact) == _sum(self._truth, fact) for fact in facts)
        )

    def _indices(self, number: Sum) -> tuple[int, ...]:
        return tuple(self._index[cell] for cell in number)

    def _terms(self, relation: tuple[Sum, Sum]) -> Terms:
        parts, whole = relation
        return dict.fromkeys(self._indices(parts), 1) | dict.fromkeys(self._indices(whole), -1)


def structure(counts: Counts) -> Iterator[tuple[Sum, Sum]]:
    """What everybody knows: in each month and column the rows of each table add up to the same total."""
    for month in months_in(counts):
        for shape in SHAPES:
            for household in HOUSEHOLDS:
                rows = frozenset(Cell(month, shape.name, row, household) for row in shape.rows)
                yield rows, frozenset({Cell(month, EVERYONE, 0, household)})


def small(counts: Counts, floor: int = FLOOR) -> Iterator[Sum]:
    """Every number that has to be protected: published or not, in any of the months or in several together."""
    months = months_in(counts)
    columns = {group for groups in COLUMN_STEPS for group in groups}
    for many in range(1, len(months) + 1):
        for chosen in combinations(months, many):
            for column in sorted(columns):
                lines = [(shape.name, (row,)) for shape in SHAPES for row in shape.rows]
                for table, rows in (*lines, (EVERYONE, None)):
                    number = cells_of(table, chosen, rows, column)
                    if 0 < value(counts, number) < floor:
                        yield number


def months_in(counts: Counts) -> tuple[str, ...]:
    """The months that are counted, in order."""
    return tuple(sorted({cell.month for cell in counts}))


def _sum(table: Sequence[int], where: Iterable[int]) -> int:
    return sum(table[index] for index in where)
