"""The provider's list for the command line: everything opened at once, checked, resolved and ranked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kiosk.config import region_of
from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.records.batches import aside_by
from kiosk.desk.records.live_list import LiveList
from kiosk.desk.records.removing import rows_that_stand
from kiosk.desk.records.rows import OPENING, Apart, Row
from kiosk.desk.records.unsealing import NotOpened, Opener, instrument_of
from kiosk.desk.records.vouching import vouched
from kiosk.desk.region import Region
from kiosk.paths import Place
from kiosk.priority.profile import Profile, load
from kiosk.priority.rank import number_in
from kiosk.vault.store import StoredRow
from kiosk.vault.stores import NOWHERE, Records


@dataclass(frozen=True, slots=True)
class Listing:
    """The list at one moment."""

    profile: Profile
    """The scoring profile that ranked it."""
    rows: tuple[Row, ...]
    apart: tuple[Apart, ...]
    withdrawn: int
    """Records that their visitors took back."""


def list_records(place: Place, seeds: Seeds) -> Listing:
    """Open, check and rank everything at `place`. Raises KioskError when key, desk.toml or database fail."""
    return listing_of(open_list(*records_at(place, seeds), seeds))


def records_at(place: Place, seeds: Seeds, found: Mapping[str, str] = NOWHERE) -> tuple[Records, Region]:
    """The records at `place`, and the region they belong to; `found` is where its server was found.

    Raises KioskError when key, desk.toml or station.toml fail.
    """
    region = Region.read(place.desk_toml, seeds)
    return Records(place, region.number_key, region_of(place), found), region


def open_list(records: Records, region: Region, seeds: Seeds) -> LiveList:
    """The live list with every one of `records` in it. Raises KioskError when key or database fail."""
    live_list = LiveList(load(), region.number_key)
    rows, ledger = rows_that_stand(records, seeds, region)
    fill(live_list, rows, region, Opener(seeds))
    live_list.finish(ledger.removed)
    live_list.put_aside(aside_by(region, ledger))
    return live_list


def fill(live_list: LiveList, rows: Iterable[StoredRow], region: Region, opener: Opener) -> None:
    """Open what a station vouches for, one by one. A row that fails is set apart and touches no other."""
    seen = set[int]()
    for row in rows:
        why = vouched(row, region)
        if why is None and row.number in seen:
            continue  # the same record, sealed anew, that came by another login
        if why is None:
            seen.add(row.number)
            try:
                plain = opener.plain(row.number, row.untrusted_sealed)
                live_list.take(row.number, plain, instrument_of(row.untrusted_sealed))
                continue
            except NotOpened as kind:
                why = OPENING[type(kind)]
        live_list.keep_closed(row.number, why)


def listing_of(live_list: LiveList) -> Listing:
    """What stands on a finished list, in order of need."""
    rows = tuple(live_list.row(number_in(key)) for key in live_list.order)
    return Listing(live_list.profile, rows, tuple(live_list.apart), live_list.withdrawn)
