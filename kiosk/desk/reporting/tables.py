"""From opened summaries to exact counts, and from counts to the numbers that a table would show. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from schema.report import EVERYONE, HOUSEHOLDS, SHAPES, UNKNOWN_HOUSEHOLD, Cell, Groups, Shape
from schema.summary import Pathway, Summary

Counts = Mapping[Cell, int]
"""Every cell of one or more months, zeros too."""
Sum = frozenset[Cell]
"""A number that could be published or computed: the cells that add up to it."""

COLUMN_STEPS: Final[tuple[Groups, ...]] = (
    ((1,), (3,), (4,), (UNKNOWN_HOUSEHOLD,)),
    ((1,), (3, 4), (UNKNOWN_HOUSEHOLD,)),
    (HOUSEHOLDS,),
)
"""How columns are put together, step by step: HUD's; all with children in one; no households at all."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One table at one step of the ladder: what each of its numbers adds up."""

    shape: Shape
    columns: Groups
    rows: Groups

    def sums(self, months: Iterable[str]) -> tuple[tuple[Sum, ...], ...]:
        """The cells under every number, totals last in both directions."""
        months = tuple(months)
        across = (*self.columns, HOUSEHOLDS) if len(self.columns) > 1 else self.columns
        return tuple(
            tuple(cells_of(self.shape.name, months, rows, column) for column in across) for rows in (*self.rows, None)
        )


def ladder(shape: Shape) -> Iterator[Layout]:
    """The table from its finest layout to its coarsest, which is the total alone."""
    finest = tuple((row,) for row in shape.rows)
    for columns in COLUMN_STEPS:
        yield Layout(shape, columns, finest)
    yield Layout(shape, COLUMN_STEPS[-1], ())


def cells_of(table: str, months: Iterable[str], rows: Iterable[int] | None, households: Iterable[int]) -> Sum:
    """The cells of some rows and columns; no rows at all means the line of totals, which every table shares."""
    households = tuple(households)
    if rows is None:
        return frozenset(Cell(month, EVERYONE, 0, each) for month in months for each in households)
    rows = tuple(rows)
    return frozenset(Cell(month, table, row, each) for month in months for row in rows for each in households)


def count(month: str, summaries: Iterable[Summary]) -> dict[Cell, int]:
    """Count the summaries of one month. Of a summary only four codes and the release are looked at."""
    found: Counter[Cell] = Counter()
    for summary in summaries:
        if summary.month != month:
            continue
        household = summary.factors.household_type
        column = household if household in HOUSEHOLDS else UNKNOWN_HOUSEHOLD
        rows = {"Q9a": int(summary.assessment_type), "Q9b": _status(summary), "Q10": int(summary.referral_outcome)}
        found[Cell(month, EVERYONE, 0, column)] += 1
        for table, row in rows.items():
            found[Cell(month, table, row, column)] += 1
    return {cell: found[cell] for cell in cells(month)}


def cells(month: str) -> Iterator[Cell]:
    """Every cell there is in one month."""
    for household in HOUSEHOLDS:
        yield Cell(month, EVERYONE, 0, household)
        for shape in SHAPES:
            for row in shape.rows:
                yield Cell(month, shape.name, row, household)


def _status(summary: Summary) -> int:
    """HUD 4.19.7: 1 for one who waits on a list, 2 for one who has not chosen or whose row may not leave."""
    released = summary.release and (summary.release_expires or summary.month) >= summary.month
    placed = summary.pathway is Pathway.HMIS or (summary.pathway is Pathway.EXTERNAL and released)
    return 1 if placed else 2


def value(counts: Counts, cells: Sum) -> int:
    """What the cells add up to."""
    return sum(counts[cell] for cell in cells)
