"""Records by station and month: how many there are, and setting all of one station's month aside, or removing it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Final, NamedTuple

from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.records.live_list import LiveList
from kiosk.desk.records.removal_ledger import RemovalLedger
from kiosk.desk.region import Region
from kiosk.paths import Place
from kiosk.vault.locks import one_at_a_time

MOST_A_MONTH: Final = 600
"""Records of one station in a month above which the desk says so: five a day would be 150."""


class Batch(NamedTuple):
    """One station's month."""

    station: str
    month: str
    records: int
    aside: bool

    @property
    def many(self) -> bool:
        """Whether these are more than people at one station are likely to keep."""
        return self.records > MOST_A_MONTH


def batches(live_list: LiveList, region: Region, ledger: RemovalLedger) -> list[Batch]:
    """Every station's months, by station and month. Once everything is open."""
    counts = Counter((_label(region, number), month) for number, month in live_list.months())
    return [Batch(*key, records, key in ledger.aside) for key, records in sorted(counts.items())]


def numbers_of(live_list: LiveList, region: Region, label: str, month: str) -> set[int]:
    """The numbers of one station's month, with every later request about them."""
    found = {number for number, when in live_list.months() if when == month and _label(region, number) == label}
    return found.union(*(live_list.with_requests(number) for number in found))


def aside_by(region: Region, ledger: RemovalLedger) -> Callable[[int, str], bool]:
    """Says of a number and its month whether it is set aside."""
    return lambda number, month: bool(ledger.aside) and (_label(region, number), month) in ledger.aside


def set_aside(place: Place, seeds: Seeds, label: str, month: str, *, back: bool = False) -> None:
    """Set one station's month aside, or take it back to the list."""
    with one_at_a_time(place):
        region = Region.read(place.desk_toml, seeds)
        ledger = RemovalLedger.read(place, seeds, region)
        (ledger.aside.discard if back else ledger.aside.add)((label, month))
        ledger.write(place, seeds.current)


def _label(region: Region, number: int) -> str:
    station = region.station_of(number)
    return station.label if station else ""
