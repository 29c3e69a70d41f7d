"""An outsider with patience: finds by exact search which tables fit what was published. Shares no code with ours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import permutations

from kiosk.desk.reporting.tables import Counts, Sum, value
from schema.report import EVERYONE, SHAPES, Cell, Shape

Equation = tuple[dict[Cell, int], int]
"""Factors of some cells, and what they add up to."""


def could_be(counts: Counts, known: Iterable[Sum], number: Sum, least: int, greatest: int | None = None) -> bool:
    """Whether some table that fits everything known has `number` between two bounds. Of the truth he has sums only."""
    most = sum(amount for cell, amount in counts.items() if cell.table == EVERYONE) + least
    greatest = most if greatest is None else greatest
    slack = Cell("slack", "", 0, 0)
    equations = [(dict.fromkeys(each, 1), value(counts, each)) for each in known]
    equations += [({**dict.fromkeys(number, 1), slack: 1}, greatest)]
    equations += [(sides, 0) for sides in rows_add_up(counts)]
    bounds = dict.fromkeys(counts, (0, most)) | {slack: (0, greatest - least)}
    return _search(bounds, equations)


def worked_out(counts: Counts, known: Iterable[Sum]) -> set[int]:
    """The numbers he gets by subtracting published ones from larger ones, table by table."""
    numbers: set[int] = set()
    known = list(known)
    for shape in SHAPES:
        found = {_in_rows(each, shape) for each in known if {cell.table for cell in each} <= {EVERYONE, shape.name}}
        for _ in range(2):
            found |= {larger - smaller for larger, smaller in permutations(found, 2) if smaller < larger}
        numbers |= {value(counts, each) for each in found}
    return numbers


def _in_rows(number: Sum, shape: Shape) -> Sum:
    """The same number, a cell of the line of totals taken apart into the rows of a table."""
    return frozenset(
        Cell(cell.month, shape.name, row, cell.household)
        for cell in number
        for row in (shape.rows if cell.table == EVERYONE else (cell.row,))
    )


def rows_add_up(counts: Counts) -> list[dict[Cell, int]]:
    """The rows of each table add up to the line of totals, month by month and column by column."""
    groups: dict[tuple[str, str, int], dict[Cell, int]] = {}
    for cell in counts:
        if cell.table != EVERYONE:
            total = Cell(cell.month, EVERYONE, 0, cell.household)
            groups.setdefault((cell.month, cell.table, cell.household), {total: -1})[cell] = 1
    return list(groups.values())


def _search(bounds: dict[Cell, tuple[int, int]], equations: Sequence[Equation]) -> bool:
    """Draw every conclusion from the bounds, take apart what hangs together no longer, and guess the tightest cell."""
    narrowed = _narrow(dict(bounds), equations)
    if narrowed is None:
        return False
    return all(_guess(narrowed, part) for part in _parts(narrowed, equations))


def _guess(bounds: dict[Cell, tuple[int, int]], equations: Sequence[Equation]) -> bool:
    undecided = {cell for factors, _ in equations for cell in factors if bounds[cell][0] != bounds[cell][1]}
    cell = min(undecided, key=lambda each: (bounds[each][1] - bounds[each][0], each))
    low, high = bounds[cell]
    return any(_search(bounds | {cell: (guess, guess)}, equations) for guess in range(low, high + 1))


def _parts(bounds: dict[Cell, tuple[int, int]], equations: Sequence[Equation]) -> list[list[Equation]]:
    """Equations that share an undecided cell stay together; those without one are settled."""
    parts: list[tuple[set[Cell], list[Equation]]] = []
    for equation in equations:
        cells = {cell for cell in equation[0] if bounds[cell][0] != bounds[cell][1]}
        if cells:
            touched = [part for part in parts if part[0] & cells]
            parts = [part for part in parts if not part[0] & cells]
            joined = [each for part in touched for each in part[1]]
            parts.append((cells.union(*(part[0] for part in touched)), [*joined, equation]))
    return [part for _, part in parts]


def _narrow(bounds: dict[Cell, tuple[int, int]], equations: Sequence[Equation]) -> dict[Cell, tuple[int, int]] | None:
    """Bounds that each equation allows given the others; `None` when there are none."""
    changed = True
    while changed:
        changed = False
        for factors, total in equations:
            ends = {cell: sorted(factor * end for end in bounds[cell]) for cell, factor in factors.items()}
            least, greatest = (sum(end[side] for end in ends.values()) for side in (0, 1))
            for cell, factor in factors.items():
                low, high = ends[cell]
                fits = sorted(((total - (greatest - high)) * factor, (total - (least - low)) * factor))
                narrower = (max(bounds[cell][0], fits[0]), min(bounds[cell][1], fits[1]))
                if narrower[0] > narrower[1]:
                    return None
                if narrower != bounds[cell]:
                    bounds[cell] = narrower
                    ends[cell] = sorted(factor * end for end in narrower)
                    least, greatest = (sum(end[side] for end in ends.values()) for side in (0, 1))
                    changed = True
    return bounds
