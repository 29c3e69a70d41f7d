"""Made-up crowds: what they would be counted as."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import strategies as st

from kiosk.desk.reporting import tables
from kiosk.desk.reporting.published import layout
from kiosk.desk.reporting.tables import Sum
from schema.report import EVERYONE, HOUSEHOLDS, Cell, Table, months_of

Person = tuple[int, int, int, int]
"""Household, assessment type, place on the list, referral."""


def counts_of(month: str, people: Iterable[Person]) -> dict[Cell, int]:
    """The counts of a month with these people in it."""
    found = dict.fromkeys(tables.cells(month), 0)
    for household, kind, status, referral in people:
        for table, row in ((EVERYONE, 0), ("Q9a", kind), ("Q9b", status), ("Q10", referral)):
            found[Cell(month, table, row, household)] += 1
    return found


def crowd(most: int, *, least: int = 0) -> st.SearchStrategy[list[Person]]:
    """Some people; some kinds are rare."""
    person = st.tuples(
        st.sampled_from((1, 1, 1, 3, 3, 4, 99)),
        st.sampled_from((3, 3, 3, 1, 1, 2)),
        st.sampled_from((1, 1, 2)),
        st.sampled_from((1, 2, 3, 0, 0)),
    )
    return st.lists(person, min_size=least, max_size=most)


def uneven(scale: int) -> list[Person]:
    """A crowd with large, small and empty cells."""
    weights = dict(zip(HOUSEHOLDS, (9, 5, 1, 2), strict=True))
    return [
        (household, kind, status, referral)
        for household, weight in weights.items()
        for kind, often in ((3, 3), (1, 1))
        for status, referral in ((1, 1), (1, 0), (2, 2), (1, 0))
        for _ in range(weight * often * scale // 4)
    ]


def shown(found: tuple[Table, ...], period: str) -> set[Sum]:
    """The sums that published tables show."""
    months = months_of(period)
    return {
        sums
        for table in found
        for line, numbers in zip(layout(table).sums(months), table.numbers, strict=True)
        for sums, number in zip(line, numbers, strict=True)
        if number is not None
    }
