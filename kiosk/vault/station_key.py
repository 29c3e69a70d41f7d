"""station.key, and a region file, which is the same on its way to a station: secrets, classes, public keys."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from kiosk.errors import Refused
from kiosk.seal.record import Recipient, RecipientFault
from kiosk.seal.sealed import SLOTS
from kiosk.vault.numbers import CLASSES
from kiosk.vault.private_file import read_private, write_private
from kiosk.vault.signatures import MOST, REGION_FILE, SIGNATURE_LENGTH, SIGNER_LENGTH, holds
from schema.agency import Agency
from schema.summary import CODE_LENGTHS, is_code

FORMAT: Final = 2
UNSIGNED: Final = 1
"""The format of region files before they were signed; a station that has such a file keeps it."""
SECRET_LENGTH: Final = 32
LONGEST_LABEL: Final = 16
MOST_AGENCIES: Final = 300


class NoStationKey(Refused):
    """A file is no station's: not readable as one, or a part of it is out of range."""

    hint = "Ask the provider for a new region file (`kiosk region --station LABEL FILE`)."


class NotSigned(Refused):
    """A region file that is nobody's, or another provider's."""

    hint = "On the provider's machine: `kiosk region --again --station LABEL FILE`. What this station has stays."


@dataclass(frozen=True)
class StationKey:
    """What makes a station one of its region. Raises NoStationKey when a part is out of range."""

    station: str
    """The station's label, a code of 16 letters at most."""
    region: str
    """The region's code."""
    station_secret: bytes = field(repr=False)
    """32 bytes that only this station and the desk hold: the key of every record's MAC."""
    number_key: bytes = field(repr=False)
    """32 bytes that all stations of the region share: it puts numbers in classes."""
    classes: frozenset[int] = field(repr=False)
    """The number classes dealt to this station, 0 to 4,095."""
    recipients: tuple[Recipient, ...]
    """The public keys that every record here is sealed to, one to four of one suite."""

    serial: int = 0
    """Rises with every file that the provider writes; 0 in one that is not signed."""
    signers: tuple[bytes, ...] = ()
    """The public halves of the provider's signing keys, the present one first; none in a file that is not signed."""
    signatures: tuple[bytes, ...] = ()
    """What the provider signed this file with, each key once."""
    agencies: tuple[Agency, ...] = ()
    """What a visitor may see of each provider of the area; none in a file from before there was a directory."""

    def __post_init__(self) -> None:
        _need(is_code(self.station, LONGEST_LABEL), "station label")
        _need(is_code(self.region, CODE_LENGTHS["region"]), "region")
        _need(len(self.station_secret) == SECRET_LENGTH, "station secret")
        _need(len(self.number_key) == SECRET_LENGTH, "number key")
        _need(bool(self.classes) and self.classes <= frozenset(range(CLASSES)), "number classes")
        _need(1 <= len(self.recipients) <= SLOTS, "recipients")
        _need(len({each.suite for each in self.recipients}) == 1, "recipients")
        _need(len({each.code for each in self.agencies}) == len(self.agencies) <= MOST_AGENCIES, "agencies")
        _need(0 <= self.serial < 1 << 63 and bool(self.serial) == bool(self.signers), "serial")
        _need(len(self.signers) <= MOST and all(len(each) == SIGNER_LENGTH for each in self.signers), "signing keys")
        _need(
            len(self.signatures) <= MOST and all(len(each) == SIGNATURE_LENGTH for each in self.signatures), "signature"
        )

    def signed_part(self) -> bytes:
        """What the provider's signatures are over: everything but them, in one order."""
        return json.dumps(self._table(), sort_keys=True, separators=(",", ":")).encode()

    def signed_by(self, signers: Collection[bytes]) -> bool:
        """Whether one of `signers` signed this file."""
        return holds(REGION_FILE, self.signed_part(), self.signatures, signers)

    def same_station(self, other: StationKey) -> bool:
        """Whether another file is this very station's: its secret, its region and its number classes."""
        named = ("station", "region", "station_secret", "number_key", "classes")
        return all(getattr(self, name) == getattr(other, name) for name in named)

    def to_bytes(self) -> bytes:
        """The file's text."""
        table = self._table()
        if self.signers:
            table["signatures"] = [each.hex() for each in self.signatures]
        return json.dumps(table, indent=1).encode() + b"\n"

    def _table(self) -> dict[str, Any]:
        table: dict[str, Any] = {
            "format": FORMAT if self.signers else UNSIGNED,
            "station": self.station,
            "region": self.region,
            "station_secret": self.station_secret.hex(),
            "number_key": self.number_key.hex(),
            "classes": sorted(self.classes),
            "recipients": [{"suite": each.suite, "public": each.public.hex()} for each in self.recipients],
        }
        if self.agencies:
            table["agencies"] = [asdict(each) for each in self.agencies]
        if self.signers:
            table |= {"serial": self.serial, "signers": [each.hex() for each in self.signers]}
        return table

    @classmethod
    def from_bytes(cls, untrusted: bytes) -> StationKey:
        """Read a file's text. Raises NoStationKey, and says nothing of its content."""
        try:
            table = json.loads(untrusted)
            form = table["format"]
        except (ValueError, RecursionError, KeyError, TypeError):
            raise NoStationKey("This is no station's file.") from None
        _need(type(form) is int and form in (UNSIGNED, FORMAT), "format")
        _need(isinstance(table, dict) and (form == FORMAT) == ("signers" in table), "format")
        try:
            return cls._from_table(table)
        except (KeyError, TypeError, ValueError, AttributeError, RecipientFault):
            raise NoStationKey("A part of this station's file is missing or of another kind.") from None

    @classmethod
    def _from_table(cls, table: dict[str, Any]) -> StationKey:
        return cls(
            station=table["station"],
            region=table["region"],
            station_secret=bytes.fromhex(table["station_secret"]),
            number_key=bytes.fromhex(table["number_key"]),
            classes=frozenset(_whole(each) for each in table["classes"]),
            recipients=tuple(
                Recipient(_whole(each["suite"]), bytes.fromhex(each["public"])) for each in table["recipients"]
            ),
            serial=_whole(table.get("serial", 0)),
            signers=tuple(bytes.fromhex(each) for each in table.get("signers", ())),
            signatures=tuple(bytes.fromhex(each) for each in table.get("signatures", ())),
            agencies=tuple(Agency(**each) for each in table.get("agencies", ())),
        )

    @classmethod
    def read(cls, path: Path) -> StationKey:
        """Read `path`, which has to be private. Raises Missing, NotPrivate or NoStationKey."""
        return cls.from_bytes(read_private(path))

    def write(self, path: Path, *, replace: bool = False) -> None:
        """Write `path`, 0600, whole or not at all. Raises AlreadyThere or KioskError."""
        write_private(path, self.to_bytes(), replace=replace)


def _need(good: bool, part: str) -> None:
    if not good:
        raise NoStationKey(f"The {part} in this station's file cannot be right.")


def _whole(value: object) -> int:
    if type(value) is not int:
        raise TypeError
    return value
