"""Whether a row hides among others alike, and how its bands are made coarser where it does not (k-anonymity)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, Final

from kiosk.desk.exporting.selection import Chosen, LeftOut
from schema.answers import NOT_COLLECTED
from schema.external import COLUMNS, ExternalRow

_COMBINED: Final = tuple(each for each in COLUMNS if each not in ("list_number", "tie_break", "score", "status"))
"""What somebody outside could know of a person. The number and the tie-break are random; a score is told to nobody.
What became of an offer is for the meeting alone, and nobody leaves the list for it."""


def lonely(rows: Iterable[ExternalRow], enough: int) -> list[int]:
    """The numbers of the rows that fewer than `enough` rows, itself counted, are alike to."""
    rows = tuple(rows)
    alike = Counter(map(_combination, rows))
    return [row.list_number for row in rows if alike[_combination(row)] < enough]


def coarsened(chosen: Chosen, enough: int, month: str) -> tuple[Chosen, int]:
    """The list after its lonely rows alone have climbed the ladder, and how many rows of it have coarser bands.

    What is lonely at the top is left out. Rows that are alike climb together, so nobody becomes lonely by it. No
    release is made to end before `month`, which is now.
    """
    current = {row.list_number: row for row in chosen.rows}
    for step in LADDER:
        for number in lonely(current.values(), enough):
            current[number] = step(current[number], month)
    out = set(lonely(current.values(), enough))
    rows = tuple(current[row.list_number] for row in chosen.rows if row.list_number not in out)
    left_out = {**chosen.left_out, LeftOut.ALONE: len(out)} if out else chosen.left_out
    return Chosen(rows, left_out), len(set(rows) - set(chosen.rows))


def _combination(row: ExternalRow) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in _COMBINED)


def _by_quarter(row: ExternalRow, month: str) -> ExternalRow:
    """Month and end of release become the first of their quarter; a release that runs now goes on to run."""
    return replace(
        row,
        assessment_month=_first_of_quarter(row.assessment_month),
        release_expires=max(_first_of_quarter(row.release_expires), month),
    )


def _first_of_quarter(month: str) -> str:
    return f"{month[:5]}{(int(month[5:]) - 1) // 3 * 3 + 1:02d}"


def _without(*names: str) -> Callable[[ExternalRow, str], ExternalRow]:
    """A step that says "not collected" in these columns."""
    changes: dict[str, Any] = dict.fromkeys(names, NOT_COLLECTED)
    return lambda row, month: replace(row, **changes)


LADDER: Final[tuple[Callable[[ExternalRow, str], ExternalRow], ...]] = (
    _by_quarter,
    _without("times_band"),
    _without("household_size_band"),
    _without("youth_household", "veteran"),
    _without("disabling_condition"),
    _without("household_type"),
)
"""Steps from the least loss to the greatest. None touches what a list is ranked by, so nobody's place changes."""
