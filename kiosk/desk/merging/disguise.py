"""A list that hides its source: cells are made coarser until no shown row is far likelier to be from one side (P10).

The statistic is the likelihood ratio of a whole shown row: the share of external rows that look like it, over the
share of HMIS rows that do. Held at `BOUND` or less for every row that is shown, it bounds each cell, each pair of cells
and each combination, and so whatever anybody could learn from many lists: the odds that a row is external are never
more than `BOUND` times those of a row drawn blindly.

Columns are taken in order, the ranking keys first. Where a value of one holds the bound among the rows that are alike
so far, it is shown; the values that do not are put together, with as many others as it takes, and shown as nothing, for
the rows of both sides alike. The whole list, where nothing is shown, has a ratio of 1, so this always ends well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl
from polars import col

BOUND: Final = 4.0
"""How many times likelier a shown row may be on an external list than in HMIS."""
EXTERNAL: Final = "external"
"""The column that says which side a row is from; it is never written."""

Pattern = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """Rows that say the same."""

    pattern: Pattern
    outside: int
    """How many of them are external."""
    inside: int
    """How many are from HMIS."""


@dataclass(frozen=True, slots=True)
class Disguise:
    """What came of it."""

    rows: pl.DataFrame
    """The same rows, coarser."""
    ratio: float
    """The highest ratio of what is shown; 0 where one side has no rows."""
    hidden: dict[str, int]
    """Column to the rows whose value is not shown."""
    order_ratio: float
    """The highest ratio of the order itself, which is not made coarser; infinite where one side alone has a place."""


def disguised(rows: pl.DataFrame, columns: Sequence[str], keys: Sequence[str], bound: float = BOUND) -> Disguise:
    """Hide what tells the sides apart in `columns` (text, nulls are blanks); `keys` are those that make the order."""
    rows = rows.with_columns(col(columns).fill_null(""))
    counted = rows.group_by(columns).agg(outside=col(EXTERNAL).sum(), inside=(~col(EXTERNAL)).sum())
    alike = [
        Alike(tuple(each[:-2]), each[-2], each[-1])
        for each in counted.select(*columns, "outside", "inside").iter_rows()
    ]
    outside, inside = sum(each.outside for each in alike), sum(each.inside for each in alike)
    if not outside or not inside:
        return Disguise(rows, 0.0, {}, 0.0)
    measure = Measure(outside, inside, bound)
    shown = coarsened(alike, len(columns), measure)
    names = [f"shown {each}" for each in columns]
    table = pl.DataFrame(
        [(*each.pattern, *shown[each.pattern]) for each in alike],
        schema=dict.fromkeys([*columns, *names], pl.String),
        orient="row",
    )
    joined = rows.join(table, on=list(columns), how="left", maintain_order="left")
    hidden = {
        name: joined.select((col(name) != col(after)).sum()).item() for name, after in zip(columns, names, strict=True)
    }
    result = joined.with_columns(col(after).alias(name) for name, after in zip(columns, names, strict=True)).drop(names)
    places = _merged([Alike(each.pattern[: len(keys)], each.outside, each.inside) for each in alike])
    looks = _merged([Alike(shown[each.pattern], each.outside, each.inside) for each in alike])
    return Disguise(
        result,
        max(measure.ratio(each) for each in looks),
        {name: count for name, count in hidden.items() if count},
        max(measure.ratio(each) for each in places),
    )


@dataclass(frozen=True, slots=True)
class Measure:
    """The two sides' sizes, and the bound."""

    outside: int
    inside: int
    bound: float

    def ratio(self, alike: Alike) -> float:
        """How many times likelier such a row is on an external list; 0 where none is external."""
        if not alike.outside:
            return 0.0
        return alike.outside * self.inside / (alike.inside * self.outside) if alike.inside else float("inf")

    def holds(self, alike: Sequence[Alike]) -> bool:
        """Whether rows that are shown alike keep the bound."""
        return self.ratio(_sum(alike)) <= self.bound


def coarsened(alike: Sequence[Alike], columns: int, measure: Measure) -> dict[Pattern, Pattern]:
    """What to show for each pattern."""
    nodes: list[tuple[Pattern, Sequence[Alike]]] = [((), alike)]
    for at in range(columns):
        nodes = [((*prefix, value), part) for prefix, node in nodes for value, part in _parts(node, at, measure)]
    return {each.pattern: shown for shown, node in nodes for each in node}


def _parts(node: Sequence[Alike], at: int, measure: Measure) -> list[tuple[str, list[Alike]]]:
    """The rows of a node by what is shown of one column: values that hold the bound apart, the others as nothing."""
    values: dict[str, list[Alike]] = {}
    for each in node:
        values.setdefault(each.pattern[at], []).append(each)
    together = [values.pop(value) for value in list(values) if not measure.holds(values[value])]
    smallest = sorted(values, key=lambda value: (_sum(values[value]).inside, value))
    while together and smallest and not measure.holds([each for part in together for each in part]):
        together.append(values.pop(smallest.pop(0)))
    apart = list(values.items())
    return [*apart, ("", [each for part in together for each in part])] if together else apart


def _sum(alike: Sequence[Alike]) -> Alike:
    return Alike((), sum(each.outside for each in alike), sum(each.inside for each in alike))


def _merged(alike: Sequence[Alike]) -> list[Alike]:
    found: dict[Pattern, list[Alike]] = {}
    for each in alike:
        found.setdefault(each.pattern, []).append(each)
    return [_sum(part) for part in found.values()]
