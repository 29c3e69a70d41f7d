"""A mapping file: what was decided about scores, fingerprints and the columns of a flat list (MO-05)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from kiosk.desk.merging.export_files import plain_file, shown
from kiosk.desk.merging.merge_errors import BadFile
from kiosk.priority.profile import Profile
from schema.answers import FACTOR_CODES
from schema.external import HIGHEST_BAND

LONGEST: Final = 256 * 1024
"""The most bytes of a mapping file."""
EVERY_OTHER: Final = "*"
# fmt: off
NEVER_READ: Final = frozenset({
    "name", "names", "birth", "birthday", "born", "dob", "ssn", "social", "security", "address", "street", "phone",
    "email", "mail", "dv", "domestic", "violence", "violent", "fleeing", "victim", "survivor", "trafficking",
    "abuse", "race", "ethnicity", "gender", "sex", "notes", "comment",
})
# fmt: on
"""Words of a column's name that keep it from being read (MO-09, MO-12)."""
_WORD: Final = re.compile(r"[a-z]+")
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


class BadMapping(BadFile):
    """A mapping file that cannot be used."""

    hint = "Nothing was written. docs/provider.md has a mapping file for each kind of list."


@dataclass(frozen=True)
class ScoreTypes:
    """What the results of an HMIS export's assessments are."""

    use: frozenset[str] = frozenset()
    """Types of result that are the score of this scoring profile."""
    leave: frozenset[str] = frozenset()
    """Types that are something else, and never compared."""

    @property
    def leave_others(self) -> bool:
        """Whether every type that is not named is something else."""
        return EVERY_OTHER in self.leave


@dataclass(frozen=True)
class Column:
    """One column of a flat list, and what its cells mean."""

    name: str
    codes: Mapping[str, int]
    """Cell, folded, to code."""
    at_least: tuple[tuple[float, int], ...]
    """From which number on which code, the lowest first."""

    def code(self, cell: str) -> int | None:
        """What a cell means; `None` when it means nothing that was mapped."""
        cell = cell.strip().casefold()
        if cell in self.codes:
            return self.codes[cell]
        try:
            number = float(cell)
        except ValueError:
            return None
        return next((code for low, code in reversed(self.at_least) if number >= low), None)


@dataclass(frozen=True)
class LeaveOut:
    """Rows that do not belong on the merged list."""

    column: str
    values: frozenset[str]
    """Cells, folded; none of them: any that is not empty."""

    def applies_to(self, cell: str) -> bool:
        """Whether a cell says so."""
        cell = cell.strip().casefold()
        return cell in self.values if self.values else bool(cell)


@dataclass(frozen=True)
class FlatShape:
    """The columns of a flat list."""

    id: str
    profile: str
    """The fingerprint of the scoring profile that its score and bands were made under; empty when it has none."""
    score: str
    """The column of the score; empty when there is none."""
    factors: Mapping[str, Column]
    bands: Mapping[str, Column]
    """Ranking key to the column that has its band."""
    leave_out: tuple[LeaveOut, ...]


@dataclass(frozen=True)
class Decisions:
    """A whole mapping file; without one, nothing is decided."""

    scores: ScoreTypes = field(default_factory=ScoreTypes)
    fingerprints: frozenset[str] = frozenset()
    """Fingerprints of lists that may be ranked with this profile's."""
    flat: FlatShape | None = None


def load(path: Path, profile: Profile) -> Decisions:
    """Read a mapping file. Raises BadMapping, which names the place in it."""
    with plain_file(path) as file:
        raw = file.read(LONGEST + 1)
    if len(raw) > LONGEST:
        raise BadMapping(f"{shown(path)} is far too long.")
    try:
        table = tomllib.loads(raw.decode())
    except (ValueError, RecursionError):
        raise BadMapping(f"{shown(path)} is no TOML.") from None
    try:
        return _decisions(table, profile)
    except (KeyError, TypeError, AttributeError, ValueError):
        raise BadMapping(f"A part of {shown(path)} is missing or of another kind.") from None


def _decisions(table: dict[str, Any], profile: Profile) -> Decisions:
    _only(table, "scores", "fingerprints", "list", place="the mapping file")
    scores, fingerprints = table.get("scores", {}), table.get("fingerprints", {})
    _only(scores, "use", "leave", place="scores")
    _only(fingerprints, "allow", place="fingerprints")
    return Decisions(
        ScoreTypes(_texts(scores.get("use", [])), _texts(scores.get("leave", []))),
        _texts(fingerprints.get("allow", [])),
        _flat(table["list"], profile) if "list" in table else None,
    )


def _flat(table: dict[str, Any], profile: Profile) -> FlatShape:
    _only(table, "id", "profile", "score", "factors", "bands", "leave_out", place="list")
    factors, bands = table.get("factors", {}), table.get("bands", {})
    _only(factors, *FACTOR_CODES, place="list.factors")
    _only(bands, *profile.order, place="list.bands")
    return FlatShape(
        id=_column_name(table["id"]),
        profile=_text(table.get("profile", "")),
        score=_column_name(table["score"]) if "score" in table else "",
        factors={name: _column(each, FACTOR_CODES[name], f"list.factors.{name}") for name, each in factors.items()},
        bands={name: _column(each, range(HIGHEST_BAND + 1), f"list.bands.{name}") for name, each in bands.items()},
        leave_out=tuple(_leave_out(each) for each in table.get("leave_out", [])),
    )


def _column(table: dict[str, Any], allowed: Container[int], place: str) -> Column:
    _only(table, "column", "codes", "at_least", place=place)
    codes = {_text(cell).strip().casefold(): code for cell, code in table.get("codes", {}).items()}
    at_least = tuple(sorted((float(low), code) for low, code in table.get("at_least", [])))
    if not all(type(code) is int and code in allowed for code in (*codes.values(), *(code for _, code in at_least))):
        raise BadMapping(f"The mapping file's {place} has a code that is none of HUD's.")
    return Column(_column_name(table["column"]), codes, at_least)


def _leave_out(table: dict[str, Any]) -> LeaveOut:
    _only(table, "column", "values", place="list.leave_out")
    return LeaveOut(
        _column_name(table["column"]), frozenset(each.strip().casefold() for each in _texts(table.get("values", [])))
    )


def _column_name(value: object) -> str:
    """A column that may be read. Raises BadMapping for one that could tell who somebody is or what happened to them."""
    name = _text(value)
    if never_read(name):
        raise BadMapping(f"The mapping file asks for the column {name!a}, and such a column is never read.")
    return name


def never_read(name: str) -> bool:
    """Whether a column's name says that it could tell who somebody is, or what happened to them."""
    return not NEVER_READ.isdisjoint(_WORD.findall(_CAMEL.sub(" ", name).casefold()))


def _only(table: dict[str, Any], *names: str, place: str) -> None:
    if not set(table) <= set(names):
        raise BadMapping(f"The mapping file has a part in {place} that means nothing there.")


def _texts(values: list[Any]) -> frozenset[str]:
    return frozenset(_text(each) for each in values)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
