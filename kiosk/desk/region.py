"""desk.toml: the region and its stations, their secrets wrapped, all of it vouched for by the provider's key."""

from __future__ import annotations

import hmac
import os
import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from kiosk.desk.keys.derivation import recipient
from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.keys.signing import sign, signers_of
from kiosk.desk.number_classes import CLASSES_A_STATION, IN_ORDER, classes_from_bytes, classes_to_bytes, in_order
from kiosk.desk.wrapped_secrets import mac, unwrap, wrap
from kiosk.errors import Refused
from kiosk.news.keys import NewsKey
from kiosk.seal.record import Recipient
from kiosk.seal.sealed import SUITE_X25519
from kiosk.vault.numbers import CLASSES, number_class, valid
from kiosk.vault.private_file import read_private, write_private
from kiosk.vault.signatures import REGION_FILE
from kiosk.vault.station_key import LONGEST_LABEL, SECRET_LENGTH, StationKey
from schema.agency import Agency
from schema.summary import CODE_LENGTHS, is_code

FORMAT: Final = 2
MOST_STATIONS: Final = CLASSES // CLASSES_A_STATION
_NEWS: Final = "//news"


class NotARegion(Refused):
    """desk.toml cannot be read, or was not written with this provider's key."""

    hint = "Put desk.toml back from its backup, beside the provider's key it was written with."


class CannotDeal(Refused):
    """A station cannot be given classes."""

    hint = "Give every station a label of its own: letters, digits and hyphens, 16 at most; a region has 128."


class DealtElsewhere(CannotDeal):
    """This desk took its register of stations from another provider."""

    hint = "Do it on that provider's machine, and take the new register from there: `kiosk keys share`."


@dataclass(frozen=True, slots=True)
class Station:
    """A station as the desk knows it."""

    label: str
    classes: frozenset[int] = field(repr=False)
    """Its number classes, which only it and the desk know."""
    secret: bytes = field(repr=False)
    """The key of its records' MACs."""


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
    class_key: bytes = field(default_factory=lambda: os.urandom(SECRET_LENGTH), repr=False)
    """Puts the number classes in the order in which they are dealt: nobody else can tell whose a number is."""
    first_random: int = 0
    """The classes below were dealt one after the other, by format 1."""
    dealt: int = 0
    """How many stations were dealt random classes, those that are gone among them. It is kept on paper, too."""
    files: int = 0
    """The serial of the last region file; it rises with each."""
    lists: int = 0
    """The serial of the last removal list."""
    reports: int = 0
    """How many reports were published: a ledger with fewer is not the last one."""
    signers: tuple[bytes, ...] = ()
    """The signing keys of the provider who deals, where that is another one."""
    news_secret: bytes = field(default_factory=lambda: os.urandom(SECRET_LENGTH), repr=False)
    """What desks and stations of the area need to look up this region's news; random, so that it can be changed."""
    neighbours: tuple[NewsKey, ...] = ()
    """Other providers of the area, whose news this region's stations tell, too."""
    editions: int = 0
    """The serial of the last edition of news."""

    @classmethod
    def new(cls, code: str, seed: bytes, *, suite: int = SUITE_X25519, others: tuple[Recipient, ...] = ()) -> Region:
        """A region without stations. Raises CannotDeal for a code that is none."""
        if not is_code(code, CODE_LENGTHS["region"]):
            raise CannotDeal("The region's code cannot be right.")
        return cls(code, os.urandom(SECRET_LENGTH), (recipient(seed, suite), *others))

    def deal(self, label: str, seeds: Seeds, agencies: tuple[Agency, ...] = ()) -> tuple[Region, StationKey]:
        """Give a new station its classes and its secret; returns the region with it, and the station's signed file.

        The file names `agencies`, whom a visitor may ask.
        """
        self.must_deal()
        if not is_code(label, LONGEST_LABEL) or any(each.label == label for each in self.stations):
            raise CannotDeal("The station's label is taken, or cannot be right.")
        if len(self.stations) >= MOST_STATIONS:
            raise CannotDeal("The region has no room for another station.")
        station = Station(label, self._classes(self.dealt), os.urandom(SECRET_LENGTH))
        grown = replace(self, stations=(*self.stations, station), dealt=self.dealt + 1)
        return grown._file(station, seeds, agencies)

    def again(self, label: str, seeds: Seeds, agencies: tuple[Agency, ...] = ()) -> tuple[Region, StationKey]:
        """A known station's file once more: its own secret and classes, today's public keys. Raises CannotDeal."""
        self.must_deal()
        station = next((each for each in self.stations if each.label == label), None)
        if station is None:
            raise CannotDeal("There is no station of this label in the region.")
        return self._file(station, seeds, agencies)

    def must_deal(self) -> None:
        """Raises DealtElsewhere where the register is another's: two desks that deal would give one class twice."""
        if not self.deals:
            raise DealtElsewhere("The stations of this region are another provider's to deal and to change.")

    def _classes(self, deal: int) -> frozenset[int]:
        """The classes of one deal, from 0: the next ones in an order that only this desk knows."""
        left = sorted(
            range(self.first_random, CLASSES),
            key=lambda each: hmac.digest(self.class_key, b"kiosk class order" + each.to_bytes(2, "big"), "sha256"),
        )
        classes = left[deal * CLASSES_A_STATION : (deal + 1) * CLASSES_A_STATION]
        if len(classes) < CLASSES_A_STATION:
            raise CannotDeal("The region has no number classes left.")
        return frozenset(classes)

    def _file(self, station: Station, seeds: Seeds, agencies: tuple[Agency, ...]) -> tuple[Region, StationKey]:
        later = replace(self, files=self.files + 1)
        key = StationKey(
            station.label,
            self.code,
            station.secret,
            self.number_key,
            station.classes,
            self.recipients,
            later.files,
            signers_of(seeds),
            news=(NewsKey(self.code, self.news_secret, signers_of(seeds)), *self.neighbours),
            agencies=agencies,
        )
        return later, replace(key, signatures=sign(REGION_FILE, key.signed_part(), seeds))

    def station_of(self, number: int) -> Station | None:
        """The station that `number` was dealt to, `None` where it cannot be one of this region."""
        if not valid(number):
            return None
        dealt = number_class(number, self.number_key)
        return next((each for each in self.stations if dealt in each.classes), None)

    def write(self, path: Path, seed: bytes) -> None:
        """Write desk.toml, 0600, secrets and classes wrapped under a key derived from the provider's seed."""
        import tomli_w

        body = tomli_w.dumps(self._to_table(seed)).encode()
        write_private(path, b'mac = "%b"\n' % mac(body, seed) + body, replace=True)

    def _to_table(self, seed: bytes) -> dict[str, Any]:
        code = self.code
        return {
            "format": FORMAT,
            "region": code,
            "deals": self.deals,
            "number_key": wrap(self.number_key, seed, code),
            "class_key": wrap(self.class_key, seed, code + "/"),
            "first_random": self.first_random,
            "dealt": self.dealt,
            "files": self.files,
            "lists": self.lists,
            "reports": self.reports,
            "news_secret": wrap(self.news_secret, seed, code + _NEWS),
            "editions": self.editions,
            "signers": [each.hex() for each in self.signers],
            "recipients": [{"suite": each.suite, "public": each.public.hex()} for each in self.recipients],
            "stations": [
                {
                    "label": each.label,
                    "secret": wrap(each.secret + classes_to_bytes(each.classes), seed, f"{code}/{each.label}"),
                }
                for each in self.stations
            ],
            "neighbours": [
                {
                    "region": near.region,
                    "secret": wrap(near.secret, seed, code + _NEWS + near.region),
                    "signers": [each.hex() for each in near.signers],
                }
                for near in self.neighbours
            ],
        }

    @classmethod
    def read(cls, path: Path, seeds: Seeds) -> Region:
        """Read desk.toml, of format 1 too. Raises Missing, NotPrivate or NotARegion."""
        try:
            vouched, _, body = read_private(path).partition(b"\n")
            for each in seeds:
                if hmac.compare_digest(vouched, b'mac = "%b"' % mac(body, each)):
                    return cls._from_table(tomllib.loads(body.decode()), each)
            raise ValueError
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise NotARegion("desk.toml cannot be read with this provider's key.") from None

    @classmethod
    def _from_table(cls, table: dict[str, Any], seed: bytes) -> Region:
        code = str(table["region"])
        if table["format"] not in (1, FORMAT):
            raise ValueError
        old = table["format"] == 1
        region = cls(
            code,
            unwrap(table["number_key"], seed, code),
            tuple(Recipient(each["suite"], bytes.fromhex(each["public"])) for each in table["recipients"]),
            tuple((_station_1 if old else _station)(each, seed, code) for each in table.get("stations", ())),
            table.get("deals", True) is True,
        )
        if old:
            return replace(region, first_random=len(region.stations) * IN_ORDER)
        if "news_secret" in table:  # desks wrote none before there were news
            region = replace(region, news_secret=unwrap(table["news_secret"], seed, code + _NEWS))
        return replace(
            region,
            neighbours=tuple(
                NewsKey(
                    each["region"],
                    unwrap(each["secret"], seed, code + _NEWS + each["region"]),
                    tuple(bytes.fromhex(signer) for signer in each["signers"]),
                )
                for each in table.get("neighbours", ())
            ),
            editions=_count(table.get("editions", 0)),
            class_key=unwrap(table["class_key"], seed, code + "/"),
            signers=tuple(bytes.fromhex(each) for each in table["signers"]),
            first_random=_count(table["first_random"]),
            dealt=_count(table["dealt"]),
            files=_count(table["files"]),
            lists=_count(table["lists"]),
            reports=_count(table["reports"]),
        )


def _station(table: dict[str, Any], seed: bytes, code: str) -> Station:
    label = table["label"]
    inside = unwrap(table["secret"], seed, code + "/" + label)
    return Station(label, classes_from_bytes(inside[SECRET_LENGTH:]), inside[:SECRET_LENGTH])


def _station_1(table: dict[str, Any], seed: bytes, code: str) -> Station:
    label = table["label"]
    return Station(label, in_order(table["first_class"]), unwrap(table["secret"], seed, code + "/" + label))


def _count(value: object) -> int:
    if type(value) is not int or value < 0:
        raise ValueError
    return value
