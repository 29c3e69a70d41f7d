"""Flat lists: one row a household, in columns that a mapping file names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk.desk.merging.audit import Tally, Why
from kiosk.desk.merging.cutting import Row
from kiosk.desk.merging.faults import BadRow, NoMapping, OtherProfile
from kiosk.desk.merging.mapping import Column, Decisions, FlatShape
from kiosk.desk.merging.need import NO_SCORE, SHOWN, Needs, Standing
from kiosk.desk.merging.reading import rows
from kiosk.desk.merging.results import whole_score
from kiosk.desk.merging.sources import plain_file, shown
from schema.hmis import LONGEST_ID


@dataclass(frozen=True, slots=True)
class Listed:
    """One household of a flat list."""

    standing: Standing
    looks: int
    """What there is to show (`kiosk.desk.merging.need.SHOWN`)."""


class FlatList:
    """Everybody of a flat list who belongs on the merged one."""

    def __init__(self, path: Path, needs: Needs, decisions: Decisions, tally: Tally) -> None:
        """Read it. Raises NoMapping, OtherProfile, BadFile or BadRow."""
        shape = decisions.flat
        if shape is None:
            raise NoMapping(f"{shown(path)} is a list of one file, and nothing says what its columns mean.")
        _check_profile(shape, needs, decisions)
        self._listed: dict[str, Listed] = {}
        with plain_file(path) as file:
            self._read(rows(file, shown(path), _columns(shape)), _Reading(shape, needs, shown(path)), tally)

    def _read(self, untrusted_rows: Iterator[Row], reading: _Reading, tally: Tally) -> None:
        for number, row in enumerate(untrusted_rows, start=2):
            tally.read += 1
            person = row[0].strip()
            if reading.leaves_out(row):
                tally.left_out[Why.BY_MAPPING] += 1
            elif not person:
                tally.left_out[Why.NO_ID] += 1
            else:
                if len(person) > LONGEST_ID or not person.isprintable():
                    raise BadRow(reading.name, number, "its id is no id")
                listed = reading.listed(row, number)
                before = self._listed.get(person)
                if before is not None:
                    tally.left_out[Why.AGAIN] += 1
                if before is None or listed.standing > before.standing:
                    self._listed[person] = listed
        reading.tell(tally)

    def standings(self) -> Iterator[tuple[str, Standing]]:
        """Where everybody stands."""
        return ((person, listed.standing) for person, listed in self._listed.items())

    def looks(self) -> set[int]:
        """What there is to show of anybody."""
        return {listed.looks for listed in self._listed.values()}

    def shown(self, person: str, cells: Mapping[int, str]) -> str:
        """The cells of one row, ready to be written."""
        listed = self._listed[person]
        return f"{listed.standing.shown},{cells[listed.looks]}"


def _check_profile(shape: FlatShape, needs: Needs, decisions: Decisions) -> None:
    """A list's own score or bands count only where they were made under this profile, or one that was allowed."""
    if not shape.score and not shape.bands:
        return
    if not shape.profile:
        raise NoMapping("The mapping file takes a score or a band from the list, and says no profile of it.")
    if shape.profile not in decisions.fingerprints | {needs.profile.fingerprint}:
        raise OtherProfile("The list's score was made under another scoring profile.")


def _columns(shape: FlatShape) -> list[str]:
    """Every column that is read, once, the id first."""
    named = [shape.id, *([shape.score] if shape.score else [])]
    named += [each.name for each in (*shape.factors.values(), *shape.bands.values())]
    return list(dict.fromkeys([*named, *(each.column for each in shape.leave_out)]))


class _Reading:
    """What the cells of one list's rows mean."""

    def __init__(self, shape: FlatShape, needs: Needs, name: str) -> None:
        self.name = name
        self._shape = shape
        self._needs = needs
        columns = _columns(shape)
        self._score = columns.index(shape.score) if shape.score else None
        self._factors = [(factor, columns.index(each.name), each) for factor, each in shape.factors.items()]
        self._bands = [(key, columns.index(each.name), each) for key, each in shape.bands.items()]
        self._leave_out = [(columns.index(each.column), each) for each in shape.leave_out]
        self._made: dict[tuple[int, int, tuple[tuple[str, int], ...]], Listed] = {}
        self._unknown = 0

    def leaves_out(self, row: Row) -> bool:
        """Whether the mapping leaves this row out."""
        return any(each.applies_to(row[at]) for at, each in self._leave_out)

    def listed(self, row: Row, number: int) -> Listed:
        """Where a row stands."""
        bits = 0
        for factor, at, column in self._factors:
            code = self._code(column, row[at])
            bits |= 0 if code is None else self._needs.bits(factor, code)
        carried = tuple((key, self._code(column, row[at]) or 0) for key, at, column in self._bands)
        score = NO_SCORE
        if self._score is not None and row[self._score].strip():
            score = whole_score(row[self._score].strip(), self.name, number)
        made = self._made.get((bits, score, carried))
        if made is None:
            standing = self._needs.standing(bits, score, carried)
            made = self._made[bits, score, carried] = Listed(standing, bits & SHOWN)
        return made

    def tell(self, tally: Tally) -> None:
        """Note how many cells the mapping does not know."""
        if self._unknown:
            tally.notes.append(
                f"{self._unknown} cells mean nothing by the mapping file, and were read as not collected."
            )

    def _code(self, column: Column, cell: str) -> int | None:
        code = column.code(cell)
        self._unknown += code is None and bool(cell.strip())
        return code
