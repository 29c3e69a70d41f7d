"""External lists: rows of numbers that a provider has made by `kiosk export`, believed cell by cell only (MO-08)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import Any, Final, NamedTuple

from kiosk.desk.merging.audit import Audit, Tally, Why
from kiosk.desk.merging.cutting import Row
from kiosk.desk.merging.faults import BadRow, NoRelease, OtherProfile
from kiosk.desk.merging.need import SHOWN, Needs, Standing
from kiosk.desk.merging.reading import rows
from kiosk.desk.merging.sources import plain_file, shown
from kiosk.priority.profile import SCORE, Profile
from kiosk.vault.numbers import damm
from schema.answers import LivingSituation
from schema.external import CODES, COLUMNS, WHOLE_NUMBERS, ExternalRow, PrioritizationStatus, Sheltered
from schema.summary import SummaryFault, is_number

_EXACT: Final = {
    "household_type": "household_type",
    "household_size_band": "household_size",
    "disabling_condition": "disabling_condition",
    "times_band": "times_homeless",
    "veteran": "veteran",
}
"""Columns that hold a ranking factor as it was said."""
_CARRIED: Final = {"chronic_status": "chronic", "months_band": "months"}
"""Columns that hold a ranking key's band."""
_AT: Final = {name: at for at, name in enumerate(COLUMNS)}
_JUDGED: Final = itemgetter(*(_AT[name] for name in (*_EXACT, *_CARRIED, "youth_household", "sheltered", "score")))


class NotCarried(OtherProfile):
    """A profile that ranks by something which no external list says."""

    hint = "Nothing was written. Rank by keys that an external list carries; docs/provider.md names them."


class Listed(NamedTuple):
    """One row of an external list."""

    standing: Standing
    looks: int
    """What there is to show (`kiosk.desk.merging.need.SHOWN`)."""
    tie_break: bytes
    agency: str
    row: Row


@dataclass(frozen=True)
class Terms:
    """What an external list is measured by."""

    month: str
    """This month, `YYYY-MM`: the last one of a release that is still good."""
    fingerprints: frozenset[str]
    """The profile's own fingerprint, and those that the list's holder allows."""
    leave_out_expired: bool
    """Leave out rows without a good release, instead of refusing the list."""


class ExternalLists:
    """Everybody of the external lists, by number."""

    def __init__(self, needs: Needs, terms: Terms) -> None:
        """Raises NotCarried when the profile ranks by what these lists do not say."""
        for key in needs.profile.order:
            if not _carried(key, needs.profile):
                raise NotCarried(f"The scoring profile ranks by {key!r}, and external lists do not say that.")
        self._needs = needs
        self._terms = terms
        youth = {str(code): needs.shown_youth(code) for code in CODES["youth_household"]}
        shelter = {each: needs.shown_shelter(each) for each in (Sheltered.YES, Sheltered.UNKNOWN)}
        shelter[Sheltered.NO] = needs.bits("living_situation", LivingSituation.NOT_FOR_HABITATION)
        self._says = [(_AT["youth_household"], youth), (_AT["sheltered"], shelter)]
        self._says += [(_AT[column], needs.table(factor)) for column, factor in _EXACT.items()]
        self._good: list[set[str]] = [set() for _ in COLUMNS]
        """For each column, cells that were found to be good before."""
        self._made: dict[Row, tuple[Standing, int]] = {}
        self.listed: dict[int, Listed] = {}

    def read(self, path: Path, audit: Audit) -> None:
        """Take in one list. Raises BadFile, BadRow, OtherProfile or NoRelease."""
        name = shown(path)
        tally = audit.tally(f"External list {name}")
        with plain_file(path) as file:
            for number, row in enumerate(rows(file, name, COLUMNS), start=2):
                tally.read += 1
                self._take(row, name, number, tally)
        expired = tally.left_out[Why.NO_RELEASE]
        if expired and not self._terms.leave_out_expired:
            raise NoRelease(f"{name} has {expired} rows whose release is missing or has run out.")

    def standings(self) -> Iterator[tuple[int, Standing]]:
        """Where everybody stands."""
        return ((number, listed.standing) for number, listed in self.listed.items())

    def looks(self) -> set[int]:
        """What there is to show of anybody."""
        return {listed.looks for listed in self.listed.values()}

    def tie_break(self, number: int) -> bytes:
        """What chance has said about a number, once and for all."""
        return self.listed[number].tie_break

    def _take(self, row: Row, name: str, at: int, tally: Tally) -> None:
        number, tie_break = self._checked(row, name, at)
        if row[_AT["profile_fingerprint"]] not in self._terms.fingerprints:
            raise OtherProfile(f"{name} was made under another scoring profile than this list's.")
        if row[_AT["release_expires"]] < self._terms.month:
            tally.left_out[Why.NO_RELEASE] += 1
        elif row[_AT["prioritization_status"]] != _PLACED:
            tally.left_out[Why.NOT_PLACED] += 1
        elif (before := self.listed.get(number)) is None:
            self.listed[number] = Listed(*self._standing(row), tie_break, row[_AT["contact_agency_code"]], row)
        elif before.row == row:
            tally.left_out[Why.SAME_NUMBER] += 1
        else:
            raise BadRow(name, at, "its number stands in another row, which says something else")

    def _checked(self, row: Row, name: str, at: int) -> tuple[int, bytes]:
        """The row's number and tie-break. Raises BadRow, naming the column, when a cell is no code of its kind.

        Only cells that were not seen before are looked into: what one may hold does not depend on the others.
        """
        number, tie_break = row[0], row[-1]
        for cell, good in zip(row[1:-1], self._good, strict=False):
            if cell not in good:
                self._check(row, name, at)
                break
        try:
            digits, chance = int(number) if number.isascii() and number.isdecimal() else 0, bytes.fromhex(tie_break)
        except ValueError:
            digits, chance = 0, b""
        if not is_number(digits) or number[0] == "0" or damm(number):
            raise BadRow(name, at, "list_number is no visitor's number")
        if len(chance) != 16 or chance.hex() != tie_break:
            raise BadRow(name, at, "tie_break is not one")
        return digits, chance

    def _check(self, row: Row, name: str, at: int) -> None:
        try:
            typed: dict[str, Any] = dict(zip(COLUMNS, row, strict=True))
            ExternalRow(**typed | {column: _whole(typed[column], column) for column in WHOLE_NUMBERS})
        except SummaryFault as fault:
            raise BadRow(name, at, f"{fault.field} holds something that is no code of its kind") from None
        for cell, good in zip(row[1:-1], self._good, strict=False):
            good.add(cell)

    def _standing(self, row: Row) -> tuple[Standing, int]:
        judged = _JUDGED(row)
        made = self._made.get(judged)
        if made is None:
            made = self._made[judged] = self._make(row)
        return made

    def _make(self, row: Row) -> tuple[Standing, int]:
        """Where a row stands: by the bands and the score that it carries, and by what it says itself."""
        needs = self._needs
        bits = 0
        for at, says in self._says:
            bits |= says[row[at]]
        carried = tuple((key, int(row[_AT[column]])) for column, key in _CARRIED.items() if key in needs.profile.order)
        standing = needs.standing(bits, int(row[_AT["score"]]), carried)
        return standing, bits & SHOWN


_PLACED: Final = str(int(PrioritizationStatus.PLACED))


def _whole(cell: str, column: str) -> int:
    if not (cell.isascii() and cell.isdecimal() and len(cell) < 10 and str(int(cell)) == cell):
        raise SummaryFault(column)
    return int(cell)


def _carried(key: str, profile: Profile) -> bool:
    """Whether an external list says enough for this key: its band, or every factor that its rules ask for."""
    if key == SCORE or key in _CARRIED.values():
        return True
    conditions = [each for rule in profile.keys[key] for each in (*rule.every, *rule.some)]
    unsheltered = frozenset({int(LivingSituation.NOT_FOR_HABITATION)})
    return all(
        each.factor in _EXACT.values() or (each.factor == "living_situation" and each.codes == unsheltered)
        for each in conditions
    )
