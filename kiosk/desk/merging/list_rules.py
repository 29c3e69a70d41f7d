"""The rules file: what a region may change about who is on the list (TOML, `[list]`), with its fingerprint."""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Any, Final

from kiosk.desk.merging.export_files import plain_file, shown
from kiosk.desk.merging.merge_errors import BadFile

TYPES: Final = (0, 1, 2, 3, 4, 8, 9, 10, 13, 14)
"""Project types whose people wait (2.02.6). Prevention (12) never does, nor 7 and 11."""
_LONGEST: Final = 64 * 1024
_CHOICES: Final = {
    "assessment": ("veto", "required", "ignore"),
    "living": ("not_housed", "literal"),
    "stale": ("report", "leave_out"),
}
_CONTACT_DAYS: Final = range(30, 366)


class BadRules(BadFile):
    """A rules file that cannot be used."""

    hint = "Nothing was written. docs/provider.md lists what a rules file may say."


@dataclass(frozen=True, slots=True)
class ListRules:
    """Who is on the list; the defaults are those of `docs/list-rules.md`, 1.5."""

    types: tuple[int, ...] = TYPES
    access_points: bool = True
    """Whether services-only projects (type 6) that are access points count."""
    coc: tuple[str, ...] = ()
    """Continua whose people wait (3.16); none named: all."""
    projects: tuple[str, ...] = ()
    """ProjectIDs whose people wait; none named: all."""
    leave_projects: tuple[str, ...] = ()
    """ProjectIDs whose people do not."""
    assessment: str = "veto"
    """What "placed on the list" (4.19.7) decides: `veto`, `required` or `ignore`."""
    living: str = "not_housed"
    """`literal`: only who sleeps in a homeless place or transitional housing."""
    contact_days: int = 90
    """Days without a sign after which somebody is stale."""
    stale: str = "report"
    """`leave_out`: who is stale is not on the list."""

    @property
    def fingerprint(self) -> str:
        """16 hex letters that change with any rule."""
        return hashlib.sha256(b"kiosk list rules" + json.dumps(astuple(self)).encode()).hexdigest()[:16]


def load(path: Path) -> ListRules:
    """Read a rules file. Raises BadRules, which names the place in it."""
    with plain_file(path) as file:
        raw = file.read(_LONGEST + 1)
    try:
        table = tomllib.loads(raw.decode())
    except (ValueError, RecursionError):
        raise BadRules(f"{shown(path)} is no TOML.") from None
    if len(raw) > _LONGEST or set(table) != {"list"} or not isinstance(table["list"], dict):
        raise BadRules(f"{shown(path)} has to be one table, `[list]`.")
    said: dict[str, Any] = table["list"]
    known = {each.name for each in fields(ListRules)}
    for name, value in said.items():
        if name not in known or not _good(name, value):
            raise BadRules(f"{shown(path)}: {name!a} in [list] is no rule, or has a value that it cannot have.")
    return ListRules(**{name: _frozen(value) for name, value in said.items()})


def _frozen(value: Any) -> Any:
    return tuple(sorted(value)) if isinstance(value, list) else value


def _good(name: str, value: object) -> bool:
    if name in _CHOICES:
        return value in _CHOICES[name]
    if name == "access_points":
        return isinstance(value, bool)
    if name == "contact_days":
        return type(value) is int and value in _CONTACT_DAYS
    if name == "types":
        return isinstance(value, list) and all(type(each) is int and each in TYPES for each in value)
    return isinstance(value, list) and all(isinstance(each, str) and each for each in value)
