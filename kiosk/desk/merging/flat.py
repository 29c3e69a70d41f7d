"""Flat lists: one row a household, in columns that a mapping file names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.desk.merging.export_files import shown
from kiosk.desk.merging.list_files import ListRow, rows_of
from kiosk.desk.merging.mapping import Column, Decisions, FlatShape
from kiosk.desk.merging.merge_errors import BadRow, FaultyRows, NoMapping, OtherProfile
from kiosk.desk.merging.merge_tally import Tally, Why
from kiosk.desk.merging.row_cells import key_column, of_factors
from kiosk.priority.judge import FACTOR_NAMES, Judge
from kiosk.priority.profile import SCORE, Profile
from schema.answers import NOT_COLLECTED
from schema.external import HIGHEST_SCORE
from schema.hmis import LONGEST_ID

_TOTALS = ("total", "totals", "sum", "grand total", "count", "subtotal", "average")
_MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Listed:
    """One household of a flat list."""

    bands: tuple[int, ...]
    cells: Mapping[str, str]


def side(
    path: Path, profile: Profile, decisions: Decisions, tally: Tally, *, leave_out_faulty: bool
) -> list[dict[str, Any]]:
    """Everybody who belongs on the merged list, as rows. Raises NoMapping, OtherProfile, BadFile or FaultyRows."""
    shape = decisions.flat
    if shape is None:
        raise NoMapping(f"{shown(path)} is a list of one file, and nothing says what its columns mean.")
    _check_profile(shape, profile, decisions)
    reading = _Reading(shape, profile, shown(path))
    listed: dict[str, Listed] = {}
    faulty: list[BadRow] = []
    for row in rows_of(path, columns_of(shape)):
        tally.read += 1
        try:
            why = _take(row, reading, listed)
        except BadRow as fault:
            why = Why.FAULTY
            faulty.append(fault)
        if why is not None:
            tally.left_out[why] += 1
    if faulty and not leave_out_faulty:
        raise FaultyRows(faulty[:_MOST_NAMED], len(faulty), shown(path))
    tally.notes += [str(fault) for fault in faulty[:_MOST_NAMED]] + reading.told()
    keys = [key_column(key) for key in profile.order]
    return [{"id": person, **dict(zip(keys, each.bands, strict=True)), **each.cells} for person, each in listed.items()]


def _take(row: ListRow, reading: _Reading, listed: dict[str, Listed]) -> Why | None:
    """Put one row on the list; returns why not."""
    person = row.cells[0]
    if person.casefold().rstrip(":").split(":")[0].strip() in _TOTALS:
        return Why.TOTALS
    if reading.leaves_out(row):
        return Why.BY_MAPPING
    if not person:
        return Why.NO_ID
    if len(person) > LONGEST_ID or not person.isprintable():
        raise BadRow(reading.name, row.line, "its id is no id")
    found = reading.listed(row)
    before = listed.get(person)
    if before is None or found.bands > before.bands:
        listed[person] = found
    return Why.AGAIN if before is not None else None


def _check_profile(shape: FlatShape, profile: Profile, decisions: Decisions) -> None:
    """A list's own score or bands count only where they were made under this profile, or one that was allowed."""
    if not shape.score and not shape.bands:
        return
    if not shape.profile:
        raise NoMapping("The mapping file takes a score or a band from the list, and says no profile of it.")
    if shape.profile not in decisions.fingerprints | {profile.fingerprint}:
        raise OtherProfile("The list's score was made under another scoring profile.")


def columns_of(shape: FlatShape) -> list[str]:
    """Every column that is read, once, the id first."""
    named = [shape.id, *([shape.score] if shape.score else [])]
    named += [each.name for each in (*shape.factors.values(), *shape.bands.values())]
    return list(dict.fromkeys([*named, *(each.column for each in shape.leave_out)]))


class _Reading:
    """What the cells of one list's rows mean."""

    def __init__(self, shape: FlatShape, profile: Profile, name: str) -> None:
        self.name = name
        self._shape = shape
        self._profile = profile
        self._judge = Judge(profile)
        columns = columns_of(shape)
        self._score = columns.index(shape.score) if shape.score else None
        self._factors = [(factor, columns.index(each.name), each) for factor, each in shape.factors.items()]
        self._bands = [(key, columns.index(each.name), each) for key, each in shape.bands.items()]
        self._leave_out = [(columns.index(each.column), each) for each in shape.leave_out]
        self._unknown: Counter[tuple[str, str]] = Counter()

    def leaves_out(self, row: ListRow) -> bool:
        """Whether the mapping leaves this row out."""
        return any(each.applies_to(row.cells[at]) for at, each in self._leave_out)

    def listed(self, row: ListRow) -> Listed:
        """Where a row stands, and what it shows."""
        said = {factor: self._code(column, row.cells[at]) for factor, at, column in self._factors}
        factors = {factor: NOT_COLLECTED if code is None else code for factor, code in said.items()}
        points, judged = self._judge.judge([factors.get(name, NOT_COLLECTED) for name in FACTOR_NAMES])
        named = dict(zip(self._profile.order, judged, strict=True))
        named |= {key: self._code(column, row.cells[at]) or 0 for key, at, column in self._bands}
        if SCORE in named:
            if self._score is not None and row.cells[self._score]:
                points = whole_score(row.cells[self._score], self.name, row.line)
            named[SCORE] = points // self._profile.score_band
        return Listed(tuple(named[name] for name in self._profile.order), of_factors(factors))

    def told(self) -> list[str]:
        """Each value that the mapping does not know, with its column and how often it stands there."""
        return [
            f"Column {column!a}: {value[:40]!a} means nothing by the mapping ({count} cells); read as not collected."
            for (column, value), count in sorted(self._unknown.items())
        ]

    def _code(self, column: Column, cell: str) -> int | None:
        code = column.code(cell)
        if code is None and cell:
            self._unknown[column.name, cell] += 1
        return code


def whole_score(value: str, file: str, row: int) -> int:
    """A score. Raises BadRow for what is no whole number of 0 to 65,535."""
    if not (value.isascii() and value.isdecimal() and len(value) <= len(str(HIGHEST_SCORE))):
        raise BadRow(file, row, "its score is no whole number")
    if int(value) > HIGHEST_SCORE:
        raise BadRow(file, row, "its score is too high")
    return int(value)
