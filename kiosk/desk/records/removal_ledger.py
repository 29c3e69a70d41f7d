"""What the provider removed, number by number, and which stations have said that they removed it: one sealed file.

It is what makes a removal last: a record that an import or a backup brings back is known by its number and set aside.
Without it the desk cannot know what was withdrawn, so a desk that was restored signs and exports nothing until every
station's whole list of records has come (`waiting`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from kiosk.desk.keys.derivation import derive
from kiosk.desk.keys.sealed_box import SealedBox
from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.region import Region, Station
from kiosk.errors import Refused
from kiosk.paths import Place
from kiosk.vault.file_times import blur_times
from kiosk.vault.numbers import number_class
from kiosk.vault.private_file import Missing, read_private, write_private
from kiosk.vault.removal_list import IN_A_PART
from kiosk.vault.station_key import StationKey

FORMAT: Final = 1
LONGEST: Final = 64 * 1024 * 1024
_PLACE: Final = b"removed numbers"
_SMALLEST: Final = 4096
"""Bytes inside the smallest file; a larger one has twice as many, and so on: its length tells no count."""


class NotARemovalLedger(Refused):
    """removed.ledger cannot be read."""

    hint = "Put removed.ledger back from the same day's backup as desk.toml: without it withdrawn records could return."


class Restored(Refused):
    """This desk came back from a backup: it may hold records that were withdrawn since."""

    hint = (
        "Bring each of these stations' records here: `kiosk export --sealed FILE` there, `kiosk import FILE` here. "
        "For a station that is gone for good: `kiosk region --lost LABEL`."
    )


@dataclass(slots=True)
class Removal:
    """One removed number."""

    issued: int = 0
    """The serial of the first list that named it; 0 while none has."""
    confirmed: bool = False
    """Whether its station no longer has the record, as it says itself."""


@dataclass(slots=True)
class RemovalLedger:
    """Every number that the provider removed."""

    serial: int = 0
    """The serial of the last list that was signed."""
    numbers: dict[int, Removal] = field(default_factory=dict, repr=False)
    aside: set[tuple[str, str]] = field(default_factory=set)
    """Station and month of records that are set aside: a flood, or a station that nobody trusts just now."""
    waiting: set[str] = field(default_factory=set)
    """Labels of stations whose whole records have to come before anything is signed or exported."""

    def removed(self, number: int) -> bool:
        """Whether the provider removed this number."""
        return number in self.numbers

    def note(self, numbers: Iterable[int], gone: Callable[[int], bool]) -> None:
        """Enter removals; `gone` says whether a number's own station keeps its records on this very machine."""
        for number in numbers:
            self.numbers.setdefault(number, Removal()).confirmed = gone(number)

    def part(self, station: Station, number_key: bytes, serial: int) -> list[int]:
        """What the next list asks of a station: whatever it has not confirmed, the oldest first."""
        open_ones = sorted(
            (each.issued or serial, number)
            for number, each in self.numbers.items()
            if not each.confirmed and number_class(number, number_key) in station.classes
        )
        wanted = [number for _, number in open_ones[:IN_A_PART]]
        for number in wanted:
            self.numbers[number].issued = self.numbers[number].issued or serial
        return wanted

    def heard(
        self,
        station: Station,
        serial: int,
        there: Collection[int],
        here: Collection[int],
        region: Region,
        elsewhere: Collection[str],
    ) -> frozenset[int]:
        """Take in what a station says: the last list that it obeyed, and all numbers that it has.

        Returns numbers among those that lie `here` which that station lacks although it ought to have them: this desk
        was restored, and they were withdrawn meanwhile. They are noted as removed. `elsewhere` has the labels of all
        stations on other machines.
        """
        if serial > self.serial:  # it has obeyed a list that this desk does not remember having signed
            self.serial = serial
            self.waiting = self.waiting or set(elsewhere)
        lacking = frozenset[int]()
        if station.label in self.waiting:
            own = {number for number in here if number_class(number, region.number_key) in station.classes}
            lacking = frozenset(own - set(there))
            self.note(lacking, lambda _: True)
            self.waiting.discard(station.label)
        for number, each in self.numbers.items():
            if number in there:
                each.confirmed = False
            elif each.issued and number_class(number, region.number_key) in station.classes:
                each.confirmed = each.issued <= serial
        return lacking

    def must_be_whole(self) -> None:
        """Raises Restored while records that were withdrawn may stand here."""
        if self.waiting:
            raise Restored(f"This desk was restored, and waits for these stations: {', '.join(sorted(self.waiting))}.")

    def write(self, place: Place, seed: bytes) -> None:
        """Write the file, sealed, and beside it whether the desk waits for its stations."""
        plain = json.dumps(
            {
                "format": FORMAT,
                "serial": self.serial,
                "waiting": sorted(self.waiting),
                "aside": sorted(self.aside),
                "numbers": [
                    [number, each.issued, int(each.confirmed)] for number, each in sorted(self.numbers.items())
                ],
            },
            separators=(",", ":"),
        ).encode()
        room = _SMALLEST
        while room < len(plain):
            room *= 2
        if self.waiting:
            write_private(place.restored, b"", replace=True)
        write_private(place.removed, _box(seed).seal(plain.ljust(room)), replace=True)
        blur_times(place.removed)
        if not self.waiting:
            place.restored.unlink(missing_ok=True)

    @classmethod
    def read(cls, place: Place, seeds: Seeds, region: Region) -> RemovalLedger:
        """The ledger at `place`; where it is missing or old, one that waits. Raises NotARemovalLedger or KioskError."""
        try:
            raw = read_private(place.removed, longest=LONGEST)
        except Missing:
            begun = region.lists > 0 or place.restored.exists()
            return cls(region.lists, waiting=elsewhere(place, region) if begun else set())
        plain = next((plain for each in seeds if (plain := _box(each).open(raw)) is not None), None)
        try:
            ledger = _ledger(json.loads(plain or b""))
        except (ValueError, KeyError, TypeError):
            raise NotARemovalLedger("removed.ledger cannot be read with this provider's key.") from None
        if ledger.serial < region.lists or (place.restored.exists() and not ledger.waiting):
            ledger.serial = max(ledger.serial, region.lists)
            ledger.waiting = elsewhere(place, region)
        return ledger


def reseal(place: Place, both: Seeds, region: Region) -> None:
    """Seal the ledger, if there is one, with the current of a rotation's two keys; twice is as good as once."""
    if place.removed.exists():
        RemovalLedger.read(place, both, region).write(place, both.current)


def own_station(place: Place) -> StationKey | None:
    """The station on this machine, `None` where there is none. Raises KioskError."""
    try:
        return StationKey.read(place.station_key)
    except Missing:
        return None


def elsewhere(place: Place, region: Region) -> set[str]:
    """The stations whose records lie on other machines; another provider's are not this desk's to wait for."""
    own = own_station(place)
    return (
        {each.label for each in region.stations if own is None or each.label != own.station} if region.deals else set()
    )


def _box(seed: bytes) -> SealedBox:
    return SealedBox(derive(seed, _PLACE), _PLACE)


def _ledger(table: dict[str, Any]) -> RemovalLedger:
    if table["format"] != FORMAT:
        raise ValueError
    numbers = {int(number): Removal(int(issued), bool(confirmed)) for number, issued, confirmed in table["numbers"]}
    aside = {(str(label), str(month)) for label, month in table["aside"]}
    return RemovalLedger(int(table["serial"]), numbers, aside, set(table["waiting"]))
