"""The content pack a station is set to: found, checked, and seen to fit the station's language and role."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kiosk.errors import KioskError

if TYPE_CHECKING:
    from kiosk.paths import Place

NEUTRAL_LINES = 60
"""Lines of the built-in frame at most; no terminal in use shows more."""


class PackDoesNotFit(KioskError):
    """The pack is there but lacks what this station is set to."""

    hint = "Choose another language or role in `station.toml`, or another pack."


@dataclass(frozen=True, slots=True)
class ChosenPack:
    """A checked pack, as its bytes and as plain data."""

    frozen: bytes
    """What a sitting is given, JSON."""
    plain: dict[str, Any]
    """The same, read."""


def chosen(place: Place, pack: str, *, language: str, role: str) -> ChosenPack:
    """The checked pack `pack`, the kept form of it while its files are unchanged.

    Raises `BadPack` where there is none or a bad one, `PackDoesNotFit` where it lacks the language or the role.
    """
    from kiosk.content import snapshot

    folder = snapshot.find(pack, place.packs)
    # Before set-up there is no place to keep anything, and making one would stand in set-up's way.
    frozen = snapshot.frozen(folder, place.packs) if place.set_up else snapshot.freeze(folder)
    plain: dict[str, Any] = json.loads(frozen)
    if language not in {each["code"] for each in plain["languages"]}:
        raise PackDoesNotFit(f"The pack {pack!r} does not speak the language {language!r}.")
    if role not in {each["role"] for each in plain["policies"]}:
        raise PackDoesNotFit(f"The pack {pack!r} does not say what the role {role!r} may do.")
    return ChosenPack(frozen, plain)


def neutral(plain: dict[str, Any], language: str) -> tuple[str, ...]:
    """The lines of the built-in frame: neutral names and telephone numbers of the pack's directory."""
    lines = [plain["title"][language], ""]
    for resource in plain["resources"]:
        if resource["on_home"]:
            lines.append(f"{resource['label'][language]}  {resource['phone'] or ''}".rstrip())
    return tuple(lines[:NEUTRAL_LINES])
