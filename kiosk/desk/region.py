"""desk.toml: the region and its stations, their secrets wrapped, all of it vouched for by the provider's key."""

from __future__ import annotations

import hmac
import os
import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from kiosk.desk.keys.derivation import derive, recipient
from kiosk.desk.keys.sealed_box import SealedBox
from kiosk.desk.keys.seeds import Seeds
from kiosk.errors import Refused
from kiosk.seal.record import Recipient
from kiosk.seal.sealed import SUITE_X25519
from kiosk.vault.numbers import CLASSES, number_class, valid
from kiosk.vault.private_file import read_private, write_private
from kiosk.vault.station_key import LONGEST_LABEL, SECRET_LENGTH, StationKey
from schema.summary import CODE_LENGTHS, is_code

FORMAT: Final = 1
CLASSES_A_STATION: Final = 64
"""Number classes dealt to each station; a region has room for 64 stations."""


class NotARegion(Refused):
    """desk.toml cannot be read, or was not written with this provider's key."""

    hint = "Put desk.toml back from its backup, beside the provider's key it was written with."


class CannotDeal(Refused):
    """A station cannot be given classes."""

    hint = "Give every station a label of its own: letters, digits and hyphens, 16 at most; a region has 64."


class DealtElsewhere(CannotDeal):
    """This desk took its register of stations from another provider."""

    hint = "Do it on that provider's machine, and take the new register from there: `kiosk keys share`."


@dataclass(frozen=True, slots=True)
class Station:
    """A station as the desk knows it."""

    label: str
    first_class: int
    """The first of its 64 number classes."""
    secret: bytes = field(repr=False)
    """The key of its records' MACs."""

    @property
    def classes(self) -> range:
        """Its number classes."""
        return range(self.first_class, self.first_class + CLASSES_A_STATION)


@dataclass(frozen=True, slots=True)
class Region:
    """One region: who may open, how numbers are dealt, and to whom."""

    code: str
    number_key: bytes = field(repr=False)
    recipients: tuple[Recipient, ...]
    """The public keys that its stations seal to, the provider's own first."""
    stations: tuple[Station, ...] = ()
    deals: bool = True
    """Whether stations are dealt here; `False` where the register is another provider's (`keys.shared_register`)."""

    @classmethod
    def new(cls, code: str, seed: bytes, *, suite: int = SUITE_X25519, others: tuple[Recipient, ...] = ()) -> Region:
        """A region without stations. Raises CannotDeal for a code that is none."""
        if not is_code(code, CODE_LENGTHS["region"]):
            raise CannotDeal("The region's code cannot be right.")
        return cls(code, os.urandom(SECRET_LENGTH), (recipient(seed, suite), *others))

    def deal(self, label: str) -> tuple[Region, StationKey]:
        """Give a new station its classes and its secret; returns the region with it, and the station's file."""
        self.must_deal()
        if not is_code(label, LONGEST_LABEL) or any(each.label == label for each in self.stations):
            raise CannotDeal("The station's label is taken, or cannot be right.")
        first = len(self.stations) * CLASSES_A_STATION
        if first >= CLASSES:
            raise CannotDeal("The region has no number classes left.")
        station = Station(label, first, os.urandom(SECRET_LENGTH))
        return replace(self, stations=(*self.stations, station)), self._file(station)

    def again(self, label: str) -> StationKey:
        """A known station's file once more: its own secret and classes, today's public keys. Raises CannotDeal."""
        self.must_deal()
        station = next((each for each in self.stations if each.label == label), None)
        if station is None:
            raise CannotDeal("There is no station of this label in the region.")
        return self._file(station)

    def must_deal(self) -> None:
        """Raises DealtElsewhere where the register is another's: two desks that deal would give one class twice."""
        if not self.deals:
            raise DealtElsewhere("The stations of this region are another provider's to deal and to change.")

    def _file(self, station: Station) -> StationKey:
        classes = frozenset(station.classes)
        return StationKey(station.label, self.code, station.secret, self.number_key, classes, self.recipients)

    def station_of(self, number: int) -> Station | None:
        """The station that `number` was dealt to, `None` where it cannot be one of this region."""
        if not valid(number):
            return None
        dealt = number_class(number, self.number_key)
        return next((each for each in self.stations if dealt in each.classes), None)

    def write(self, path: Path, seed: bytes) -> None:
        """Write desk.toml, 0600, secrets wrapped under a key derived from the provider's seed."""
        lines = [f"format = {FORMAT}", f'region = "{self.code}"']
        lines += [] if self.deals else ["deals = false"]
        lines += [f'number_key = "{_wrap(self.number_key, seed, self.code)}"']
        for public in self.recipients:
            lines += ["", "[[recipients]]", f"suite = {public.suite}", f'public = "{public.public.hex()}"']
        for each in self.stations:
            lines += ["", "[[stations]]", f'label = "{each.label}"', f"first_class = {each.first_class}"]
            lines += [f'secret = "{_wrap(each.secret, seed, self.code + "/" + each.label)}"']
        body = ("\n".join(lines) + "\n").encode()
        write_private(path, b'mac = "%b"\n' % _mac(body, seed) + body, replace=True)

    @classmethod
    def read(cls, path: Path, seeds: Seeds) -> Region:
        """Read desk.toml. Raises Missing, NotPrivate or NotARegion."""
        try:
            vouched, _, body = read_private(path).partition(b"\n")
            for each in seeds:
                if hmac.compare_digest(vouched, b'mac = "%b"' % _mac(body, each)):
                    return cls._from_table(tomllib.loads(body.decode()), each)
            raise ValueError
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise NotARegion("desk.toml cannot be read with this provider's key.") from None

    @classmethod
    def _from_table(cls, table: dict[str, Any], seed: bytes) -> Region:
        code = str(table["region"])
        if table["format"] != FORMAT:
            raise ValueError
        return cls(
            code,
            _unwrap(table["number_key"], seed, code),
            tuple(Recipient(each["suite"], bytes.fromhex(each["public"])) for each in table["recipients"]),
            tuple(
                Station(
                    each["label"],
                    range(0, CLASSES, CLASSES_A_STATION)[each["first_class"] // CLASSES_A_STATION],
                    _unwrap(each["secret"], seed, code + "/" + each["label"]),
                )
                for each in table.get("stations", ())
            ),
            table.get("deals", True) is True,
        )


def _mac(body: bytes, seed: bytes) -> bytes:
    """What vouches for the file: without it somebody could add a public key of his own to all stations' files."""
    return hmac.digest(derive(seed, b"desk.toml mac"), body, "sha256").hex().encode()


def _wrap(secret: bytes, seed: bytes, place: str) -> str:
    """A secret under the desk's key, bound to its place in the file."""
    return _box(seed, place).seal(secret).hex()


def _unwrap(text: str, seed: bytes, place: str) -> bytes:
    secret = _box(seed, place).open(bytes.fromhex(text))
    if secret is None:
        raise ValueError
    return secret


def _box(seed: bytes, place: str) -> SealedBox:
    return SealedBox(derive(seed, b"desk.toml"), place.encode())
