"""Which numbers of a table are shown: small ones never, and none that gives a small one away. Pure.

First 1 to 10 are hidden wherever they stand. While the audit finds that an outsider could work one out, the smallest
number that may help is hidden too; what was hidden for nothing is shown again. A table that loses too much, or cannot
be made safe, is tried again one step coarser.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from kiosk.desk.reporting.audit import FLOOR, Outsider
from kiosk.desk.reporting.tables import Counts, Layout, Sum, cells_of, ladder, value
from schema.report import EVERYONE, HOUSEHOLDS, SHAPES, Shape, Table


def publish(
    counts: Counts, months: tuple[str, ...], known: Iterable[Sum], secret: bytes, floor: int = FLOOR
) -> tuple[Table, ...]:
    """The tables of a report over `months`, or none when not even their total may be shown.

    `counts` are those of every month that something was published about in this quarter, and of `months`; `known` are
    the sums that earlier reports show.
    """
    reader = Outsider(counts, floor)
    public = set(known)
    tables: list[Table] = []
    for shape in SHAPES:
        found = _table(reader, counts, shape, months, public, secret, floor)
        if found is None:
            return ()
        layout, shown = found
        public |= shown
        tables.append(_filled(layout, months, counts, shown))
    return tuple(tables)


def _table(
    reader: Outsider, counts: Counts, shape: Shape, months: tuple[str, ...], public: set[Sum], secret: bytes, floor: int
) -> tuple[Layout, frozenset[Sum]] | None:
    """The finest step of the ladder that is safe and still says something."""
    for layout in ladder(shape):
        sums = [each for row in layout.sums(months) for each in row]
        shown = _safe(reader, counts, sums, months, public, secret, floor)
        if shown is not None and _says_something(layout, months, counts, shown):
            return layout, shown
    return None


def _safe(
    reader: Outsider,
    counts: Counts,
    sums: list[Sum],
    months: tuple[str, ...],
    public: set[Sum],
    secret: bytes,
    floor: int,
) -> frozenset[Sum] | None:
    """The numbers that may be shown, the grand total among them, or `None`."""
    total = cells_of(EVERYONE, months, None, HOUSEHOLDS)
    shown = {each for each in sums if each in public or not 0 < value(counts, each) < floor}
    if total not in shown:
        return None
    covers: list[Sum] = []
    while (given_away := reader.learns(public | shown)) is not None:
        able = [each for each in sums if each in shown and each not in public and each != total]
        if not able:
            return None
        cover = min(able, key=lambda each: _order(each, given_away, counts, secret))
        shown.remove(cover)
        covers.append(cover)
    for cover in reversed(covers[:-1]):
        if reader.learns(public | shown | {cover}) is None:
            shown.add(cover)
    return frozenset(shown)


def _order(cover: Sum, given_away: Sum, counts: Counts, secret: bytes) -> tuple[bool, bool, bool, bytes]:
    """What to hide next: no zero, no total, in the line or column of the number given away, then as the secret has it.

    Not the smallest: whoever knows that rule would work out which hidden numbers can only be small ones.
    """
    rows, columns = ({(cell.table, cell.row) for cell in each} for each in (cover, given_away))
    near = bool(rows & columns) or bool({cell.household for cell in cover} & {cell.household for cell in given_away})
    total = {cell.table for cell in cover} == {EVERYONE} or {cell.household for cell in cover} == set(HOUSEHOLDS)
    live_list = hashlib.blake2b(repr(sorted(cover)).encode(), key=secret, digest_size=16, person=b"kiosk cover")
    return value(counts, cover) == 0, total, not near, live_list.digest()


def _says_something(layout: Layout, months: tuple[str, ...], counts: Counts, shown: frozenset[Sum]) -> bool:
    """Whether at least half of the numbers that are not zero are shown; the total alone always says something."""
    numbers = [each for row in layout.sums(months) for each in row if value(counts, each)]
    return not layout.rows or 2 * sum(each in shown for each in numbers) >= len(numbers)


def _filled(layout: Layout, months: tuple[str, ...], counts: Counts, shown: frozenset[Sum]) -> Table:
    numbers = tuple(
        tuple(value(counts, each) if each in shown else None for each in row) for row in layout.sums(months)
    )
    return Table(layout.shape.name, layout.columns, layout.rows, numbers)
