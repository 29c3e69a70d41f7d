"""The shape of a report to a board: the rows and columns of the coordinated-entry report (CE APR Q9, Q10)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, NamedTuple

UNKNOWN_HOUSEHOLD: Final = 99
"""The column of those whose household was not told (HUD 8, 9 and 99)."""
HOUSEHOLDS: Final = (1, 3, 4, UNKNOWN_HOUSEHOLD)
"""The finest columns: HUD's household types, and unknown."""
EVERYONE: Final = "all"
"""The name of the line of column totals, which all tables share."""

_MONTH: Final = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")
_QUARTER: Final = re.compile(r"(20[0-9]{2})-Q([1-4])")


class Cell(NamedTuple):
    """One count that is not taken apart any further."""

    month: str
    table: str
    """A table's name, or `EVERYONE` for a month's column total."""
    row: int
    household: int


@dataclass(frozen=True, slots=True)
class Shape:
    """One table of the report, before any number is in it."""

    name: str
    """As HUD names the question: `Q9a`."""
    title: str
    rows: tuple[int, ...]
    """The finest rows, in HUD's codes where it has some."""


Q9A: Final = Shape("Q9a", "Assessments by how the talk was held", (1, 2, 3))
"""Assessment type (HUD 4.19.3): telephone, virtual, in person."""
Q9B: Final = Shape("Q9b", "Assessments by place on the prioritization list", (1, 2))
"""Prioritization status (HUD 4.19.7): placed, not placed."""
Q10: Final = Shape("Q10", "Assessments by what came of the offer of a call", (1, 2, 3, 0))
"""Referral with its result: accepted, not yet, rejected by the person, not offered (`ReferralOutcome`)."""
SHAPES: Final = (Q9A, Q9B, Q10)

Groups = tuple[tuple[int, ...], ...]
"""Codes put together: each group is one column, or one row."""


@dataclass(frozen=True, slots=True)
class Table:
    """A published table. The last row and the last column are the totals; `None` is a hidden number."""

    shape: str
    columns: Groups
    rows: Groups
    numbers: tuple[tuple[int | None, ...], ...]
    """One row more than `rows`, each with one number more than `columns`."""

    @property
    def hidden(self) -> int:
        """How many numbers are hidden."""
        return sum(number is None for row in self.numbers for number in row)


@dataclass(frozen=True, slots=True)
class Report:
    """What was published for one month or quarter."""

    region: str
    period: str
    """`YYYY-MM` or `YYYY-Qn`."""
    tables: tuple[Table, ...]


def quarter_of(month: str) -> str:
    """The calendar quarter that a month lies in, as `YYYY-Qn`."""
    return f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}"


def months_of(period: str) -> tuple[str, ...]:
    """The months of a month (itself) or of a quarter. Raises ValueError for anything else."""
    if _MONTH.fullmatch(period):
        return (period,)
    found = _QUARTER.fullmatch(period)
    if found is None:
        raise ValueError(period)
    last = 3 * int(found[2])
    return tuple(f"{found[1]}-{month:02d}" for month in range(last - 2, last + 1))
