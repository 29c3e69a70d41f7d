"""The agencies that get return files: those of the area's registry, or a code and a public key each in a TOML file.

[HARBOR]
suite = "x25519"
public = "64 hex letters, as `kiosk keys show --public FILE` writes them"
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk.directory import area_file
from kiosk.directory.area import Area
from kiosk.errors import Refused
from kiosk.seal.record import Recipient, RecipientFault
from schema.summary import CODE_LENGTHS, is_code

REGISTRY: Final = "area.toml"
SUITES: Final = {"x25519": 1, "x-wing": 2}
_LONGEST: Final = 1024 * 1024


class NotAgencies(Refused):
    """A file that names no agencies with their keys."""

    hint = "A table for each agency's code, with `suite` and `public` of its public key."


@dataclass(frozen=True, slots=True)
class Agency:
    """Whom a return file is for."""

    code: str
    recipient: Recipient


def of_area(area: Area) -> tuple[Agency, ...]:
    """The area's providers that have a public key, by code. One without a key holds no numbers."""
    return tuple(Agency(each.code, each.keys[0]) for each in area.providers if each.keys)


def load(path: Path) -> tuple[Agency, ...]:
    """The agencies, by code: of the registry, if it is called area.toml. Raises NotAgencies, BadArea or KioskError."""
    if path.name == REGISTRY:
        return of_area(area_file.read(path))
    try:
        raw = path.read_bytes()
        table = tomllib.loads(raw[: _LONGEST + 1].decode())
        agencies = tuple(
            Agency(code, Recipient(SUITES[each["suite"]], bytes.fromhex(each["public"])))
            for code, each in sorted(table.items())
        )
        if not agencies or not all(is_code(each.code, CODE_LENGTHS["agency"]) for each in agencies):
            raise ValueError
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, RecipientFault):
        raise NotAgencies(f"{path.name} names no agencies with their public keys.") from None
    return agencies
