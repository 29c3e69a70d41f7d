"""External lists: rows of numbers that a provider has made by `kiosk export`, believed cell by cell only (MO-08)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from kiosk.desk.merging.export_files import shown
from kiosk.desk.merging.list_files import ListRow, rows_of
from kiosk.desk.merging.merge_errors import BadRow, FaultyRows, NoRelease, OtherProfile
from kiosk.desk.merging.merge_tally import Audit, Tally, Why
from kiosk.priority.judge import FACTOR_NAMES, Judge
from kiosk.priority.profile import SCORE, Profile
from kiosk.vault.numbers import damm
from schema.answers import NOT_COLLECTED, LivingSituation
from schema.external import COLUMNS, FIRST_HEADER, WHOLE_NUMBERS, ExternalRow, PrioritizationStatus, Sheltered
from schema.summary import SummaryFault, is_number

_EXACT: Final = {
    "household_type": "household_type",
    "household_size_band": "household_size",
    "disabling_condition": "disabling_condition",
    "times_band": "times_homeless",
    "veteran": "veteran",
}
"""Columns that hold a ranking factor as it was said."""
_CARRIED: Final = {"chronic": "chronic_status", "months": "months_band", "length": "months_band"}
"""Ranking keys whose band a column holds."""
_MOST_NAMED: Final = 20
"""Faulty rows named on the screen."""

Known = tuple[str, int]
"""A row is known by agency and number: two providers may have drawn the same number."""


class NotCarried(OtherProfile):
    """A profile that ranks by something which no external list says."""

    hint = "Nothing was written. Rank by keys that an external list carries; docs/provider.md names them."


@dataclass(frozen=True, slots=True, repr=False)
class Listed:
    """One row of an external list, and where it stands."""

    row: ExternalRow
    bands: tuple[int, ...]
    """The value of each ranking key, in the profile's order."""


@dataclass(frozen=True)
class Terms:
    """What an external list is measured by."""

    month: str
    """This month, `YYYY-MM`: the last one of a release that is still good."""
    fingerprints: frozenset[str]
    """The profile's own fingerprint, and those that the list's holder allows."""
    leave_out_expired: bool
    """Leave out rows without a good release, instead of refusing the list."""
    leave_out_faulty: bool = False
    """Leave out rows that cannot be right, instead of refusing the list."""


@dataclass
class ExternalLists:
    """Everybody of the external lists, by agency and number. Raises NotCarried for a profile that asks for more."""

    profile: Profile
    terms: Terms
    listed: dict[Known, Listed] = field(default_factory=dict)
    left_out: dict[Known, Why] = field(default_factory=dict)
    """Rows that are not taken, and why."""
    agencies: set[str] = field(default_factory=set)
    """Everybody whose rows were read."""

    def __post_init__(self) -> None:
        for key in self.profile.order:
            if not _carried(key, self.profile):
                raise NotCarried(f"The scoring profile ranks by {key!r}, and external lists do not say that.")
        self._judge = Judge(self.profile)
        self._judged = lru_cache(None)(self._judge.judge)

    def read(self, path: Path, audit: Audit) -> None:
        """Take in one list. Raises BadFile, FaultyRows, OtherProfile or NoRelease, each for the whole list at once."""
        name = shown(path)
        tally = audit.tally(f"External list {name}")
        faulty: list[BadRow] = []
        others = 0
        for raw in rows_of(path, FIRST_HEADER, COLUMNS[len(FIRST_HEADER) :]):
            tally.read += 1
            try:
                others += not self._take(_checked(raw, name), raw, name, tally)
            except BadRow as fault:
                tally.left_out[Why.FAULTY] += 1
                faulty.append(fault)
        if faulty and not self.terms.leave_out_faulty:
            raise FaultyRows(faulty[:_MOST_NAMED], len(faulty), name)
        tally.notes += map(str, faulty[:_MOST_NAMED])
        if others:
            raise OtherProfile(f"{name} was made under another scoring profile than this list's ({others} rows).")
        expired = tally.left_out[Why.NO_RELEASE]
        if expired and not self.terms.leave_out_expired:
            raise NoRelease(f"{name} has {expired} rows whose release is missing or has run out.")

    def _take(self, row: ExternalRow, raw: ListRow, name: str, tally: Tally) -> bool:
        """Take in a row; returns whether it was made under a profile that counts."""
        if row.profile_fingerprint not in self.terms.fingerprints:
            return False
        known = (row.contact_agency_code, row.list_number)
        self.agencies.add(row.contact_agency_code)
        before = self.listed.get(known)
        if row.release_expires < self.terms.month:
            tally.left_out[Why.NO_RELEASE] += 1
            self.left_out[known] = Why.NO_RELEASE
        elif row.prioritization_status != PrioritizationStatus.PLACED:
            tally.left_out[Why.NOT_PLACED] += 1
            self.left_out[known] = Why.NOT_PLACED
        elif before is None:
            self.listed[known] = Listed(row, self._bands(row))
        elif before.row == row:
            tally.left_out[Why.SAME_NUMBER] += 1
        else:
            raise BadRow(name, raw.line, "its number stands in another row of this agency, which says something else")
        return True

    def _bands(self, row: ExternalRow) -> tuple[int, ...]:
        """Where a row stands: by the bands and the score that it carries, and by what it says itself."""
        asked = self._judge.factors
        said = {factor: getattr(row, column) for column, factor in _EXACT.items() if factor in asked}
        if row.sheltered == Sheltered.NO:
            said["living_situation"] = int(LivingSituation.NOT_FOR_HABITATION)
        _, judged = self._judged(tuple(said.get(name, NOT_COLLECTED) for name in FACTOR_NAMES))
        named = dict(zip(self.profile.order, judged, strict=True))
        named |= {key: getattr(row, column) for key, column in _CARRIED.items() if key in named}
        if SCORE in named:
            named[SCORE] = row.score // self.profile.score_band
        return tuple(named[name] for name in self.profile.order)


def _checked(raw: ListRow, name: str) -> ExternalRow:
    """The row. Raises BadRow, naming the column, when a cell is no code of its kind."""
    typed: dict[str, Any] = dict(zip(COLUMNS, raw.cells, strict=True))
    try:
        row = ExternalRow(**typed | {column: _whole(typed[column], column) for column in WHOLE_NUMBERS})
    except SummaryFault as fault:
        raise BadRow(name, raw.line, f"{fault.field} holds something that is no code of its kind") from None
    if not is_number(row.list_number) or damm(str(row.list_number)):
        raise BadRow(name, raw.line, "list_number is no visitor's number")
    return row


def _whole(cell: str, column: str) -> int:
    if not (cell.isascii() and cell.isdecimal() and len(cell) < 10 and str(int(cell)) == cell):
        raise SummaryFault(column)
    return int(cell)


def _carried(key: str, profile: Profile) -> bool:
    """Whether an external list says enough for this key: its band, or every factor that its rules ask for."""
    if key == SCORE or key in _CARRIED:
        return True
    conditions = [each for rule in profile.keys[key] for each in (*rule.every, *rule.some)]
    unsheltered = frozenset({int(LivingSituation.NOT_FOR_HABITATION)})
    return all(
        each.factor in _EXACT.values() or (each.factor == "living_situation" and each.codes == unsheltered)
        for each in conditions
    )


def agencies(listed: Sequence[Known]) -> list[str]:
    """The agencies of some rows, each once, by name."""
    return sorted({agency for agency, _ in listed})
