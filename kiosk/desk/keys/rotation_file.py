"""rotation.key: old and new seed, each locked by the other, for as long as a rotation is under way."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from kiosk.desk.keys.derivation import SEED_LENGTH, derive, recipient
from kiosk.desk.keys.sealed_box import SealedBox
from kiosk.desk.keys.seeds import Seeds
from kiosk.errors import Refused
from kiosk.paths import Place
from kiosk.seal.record import Recipient
from kiosk.vault.private_file import destroy, flush_folder, read_private, write_private

FORMAT: Final = 1
_PURPOSE: Final = b"rotation.key"


class RotationUnreadable(Refused):
    """rotation.key is there, and this key does not open it."""

    hint = "Put rotation.key back from the same day's backup as provider.key, desk.toml and summaries.db."


@dataclass(frozen=True, slots=True)
class Rotation:
    """A rotation that was begun; every step of it follows from this."""

    older: bytes = field(repr=False)
    newer: bytes = field(repr=False)
    recipients: tuple[Recipient, ...]
    """The public keys that records are sealed to from now on, the provider's new one first."""
    wrapped: bytes = field(repr=False)
    """The new seed under its passphrase."""
    keyring: bool
    """Whether the key lay in the system keyring, and goes back there."""

    @property
    def older_ids(self) -> tuple[bytes, ...]:
        """The old key's ids, which are no secret: records sealed to them are still ours."""
        return tuple(recipient(self.older, suite).key_id for suite in (1, 2))

    def write(self, place: Place) -> None:
        """Write rotation.key, never over another. Raises AlreadyThere or KioskError."""
        inside = json.dumps(
            {
                "older": self.older.hex(),
                "newer": self.newer.hex(),
                "recipients": [{"suite": each.suite, "public": each.public.hex()} for each in self.recipients],
                "wrapped": self.wrapped.hex(),
                "keyring": self.keyring,
            }
        ).encode()
        table = {
            "format": FORMAT,
            "older_ids": [each.hex() for each in self.older_ids],
            "boxes": [_box(seed).seal(inside).hex() for seed in (self.older, self.newer)],
        }
        write_private(place.rotation_key, json.dumps(table, indent=1).encode() + b"\n", replace=False)


def _box(seed: bytes) -> SealedBox:
    return SealedBox(derive(seed, _PURPOSE), _PURPOSE)


def under_way(place: Place) -> bool:
    """Whether a rotation was begun and not ended."""
    return place.rotation_key.exists()


def read(place: Place, seed: bytes) -> Rotation | None:
    """The rotation under way, opened by either seed; `None` when there is none. Raises RotationUnreadable."""
    if not under_way(place):
        return None
    try:
        table = _table(place)
        inside = next(filter(None, (_box(seed).open(bytes.fromhex(box)) for box in table["boxes"])))
        return _from_table(json.loads(inside))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, StopIteration):
        raise RotationUnreadable("A rotation is under way, and this key does not open its file.") from None


def _table(place: Place) -> dict[str, Any]:
    table = json.loads(read_private(place.rotation_key))
    if table["format"] != FORMAT:
        raise ValueError
    return dict(table)


def _from_table(table: dict[str, Any]) -> Rotation:
    older, newer = bytes.fromhex(table["older"]), bytes.fromhex(table["newer"])
    if {len(older), len(newer)} != {SEED_LENGTH}:
        raise ValueError
    recipients = tuple(Recipient(each["suite"], bytes.fromhex(each["public"])) for each in table["recipients"])
    return Rotation(older, newer, recipients, bytes.fromhex(table["wrapped"]), bool(table["keyring"]))


def beside(place: Place, seed: bytes) -> Seeds:
    """The seed that the passphrase opened, with the other one of a rotation under way. Raises RotationUnreadable."""
    rotation = read(place, seed)
    if rotation is None:
        return Seeds(seed)
    return Seeds(seed, rotation.older if seed == rotation.newer else rotation.newer)


def key_ids_in_use(place: Place) -> frozenset[bytes]:
    """Ids of a key that is being replaced; needs no key. Nothing when rotation.key cannot be read."""
    try:
        return (
            frozenset(bytes.fromhex(each) for each in _table(place)["older_ids"]) if under_way(place) else frozenset()
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return frozenset()


def forget(place: Place) -> None:
    """Destroy rotation.key, and with it the old seed's last copy here. The renaming is what ends the rotation."""
    place.rotation_key.rename(_gone(place))
    flush_folder(place.home)
    sweep(place)


def sweep(place: Place) -> None:
    """Destroy what a kill left of a rotation.key that was to be destroyed."""
    destroy(_gone(place))


def _gone(place: Place) -> Path:
    return place.rotation_key.with_suffix(".gone")
