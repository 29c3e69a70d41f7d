"""Removing for good: noted first, removed here, and asked of the stations by the next signed list."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.keys.signing import sign
from kiosk.desk.records import offers
from kiosk.desk.records.removal_ledger import RemovalLedger, elsewhere, own_station
from kiosk.desk.region import Region
from kiosk.paths import Place
from kiosk.vault import removal_list
from kiosk.vault.appending import doubt_mac
from kiosk.vault.locks import one_at_a_time
from kiosk.vault.numbers import number_class
from kiosk.vault.private_file import read_private, write_private
from kiosk.vault.signatures import REMOVAL_LIST
from kiosk.vault.store import StoredRow
from kiosk.vault.stores import Records
from kiosk.vault.transfer import numbers_on
from kiosk.vault.transfer_file import Statement, statement_mac

if TYPE_CHECKING:
    from kiosk.vault.postgres.store import RegionStore


def remove(records: Records, seeds: Seeds, numbers: Collection[int]) -> int:
    """Remove records here for good, and have the stations asked; returns how many there were here.

    Killed anywhere, what was noted goes when the list is opened next. Raises DealtElsewhere on a desk whose register
    is another's, StoreFault or KioskError.
    """
    place = records.place
    with one_at_a_time(place):
        region = Region.read(place.desk_toml, seeds)
        region.must_deal()
        ledger = RemovalLedger.read(place, seeds, region)
        _note(ledger, place, region, numbers)
        ledger.write(place, seeds.current)
        offers.forget(place, seeds, numbers)
        gone = records.remove(numbers)
        publish(place, seeds, region, ledger, records.region())
    return gone


def rows_that_stand(records: Records, seeds: Seeds, region: Region) -> tuple[list[StoredRow], RemovalLedger]:
    """Every row but those that were removed before: what an import or a backup brought back is removed again."""
    if region.deals:
        _listen(records, seeds, region)
    rows = records.rows()
    ledger = RemovalLedger.read(records.place, seeds, region)
    back = {row.number for row in rows if ledger.removed(row.number)}
    if back:
        records.remove(back)
        rows = [row for row in rows if row.number not in back]
    return rows, ledger


def _listen(records: Records, seeds: Seeds, region: Region) -> None:
    """Take in what stations said in a region's database: what they doubt was kept, and how far they followed."""
    database = records.region()
    said = database.said() if database is not None else []
    if database is None or not said:
        return
    doubted = {
        about
        for mac, about in said
        if (station := region.station_of(about)) is not None and doubt_mac(station.secret, about) == mac
    }
    if doubted:
        remove(records, seeds, doubted)
    numbers = sorted(database.numbers())
    for mac, about in said:
        if about not in doubted:
            hear(records, seeds, Statement(about, mac), numbers)
    database.heard([mac for mac, _ in said])


def hear(records: Records, seeds: Seeds, said: Statement, numbers: Collection[int]) -> str | None:
    """Take in what a station says of itself, with all `numbers` beside it; returns its label, `None` for nobody's.

    On a restored desk records go that their station no longer has.
    """
    place = records.place
    with one_at_a_time(place):
        region = Region.read(place.desk_toml, seeds)
        for station in region.stations:
            own = [each for each in numbers if number_class(each, region.number_key) in station.classes]
            if statement_mac(station.secret, region.number_key, said.serial, own) == said.untrusted_mac:
                break
        else:
            return None
        ledger = RemovalLedger.read(place, seeds, region)
        lacking = ledger.heard(
            station, said.serial, own, [row.number for row in records.rows()], region, elsewhere(place, region)
        )
        ledger.write(place, seeds.current)
        if lacking:
            records.remove(lacking)
        publish(place, seeds, region, ledger, records.region())
    return station.label


def hear_stick(records: Records, seeds: Seeds, said: Statement, stick: Path) -> str | None:
    """The same, of a stick that a station wrote."""
    return hear(records, seeds, said, numbers_on(stick, records.number_key))


def obeyed_elsewhere(place: Place, seeds: Seeds, numbers: Collection[int]) -> None:
    """Note what another provider's list removed on this desk, so that nothing brings it back here."""
    with one_at_a_time(place):
        region = Region.read(place.desk_toml, seeds)
        ledger = RemovalLedger.read(place, seeds, region)
        ledger.note(numbers, lambda _: True)
        ledger.write(place, seeds.current)


def forget_station(place: Place, seeds: Seeds, label: str) -> None:
    """Wait no longer for a station that is gone for good."""
    with one_at_a_time(place):
        region = Region.read(place.desk_toml, seeds)
        ledger = RemovalLedger.read(place, seeds, region)
        ledger.waiting.discard(label)
        ledger.write(place, seeds.current)


def hand_out(place: Place, seeds: Seeds, region: Region, store: RegionStore) -> int:
    """Have a region's database hold what the desk decided: the removed are removed, the last list lies there."""
    ledger = RemovalLedger.read(place, seeds, region)
    ledger.must_be_whole()
    store.put_list(ledger.serial, read_private(place.removals))
    return store.retire(sorted(ledger.numbers))


def publish(
    place: Place, seeds: Seeds, region: Region, ledger: RemovalLedger, database: RegionStore | None = None
) -> None:
    """Sign the next list, unless this desk waits for its stations: it could ask for too little then, or too much."""
    if ledger.waiting:
        return
    serial = max(region.lists, ledger.serial) + 1
    parts = {each.secret: ledger.part(each, region.number_key, serial) for each in region.stations}
    raw = removal_list.make(serial, region.number_key, parts, lambda body: sign(REMOVAL_LIST, body, seeds))
    ledger.serial = serial
    ledger.write(place, seeds.current)
    replace(region, lists=serial).write(place.desk_toml, seeds.current)
    write_private(place.removals, raw, replace=True)
    if database is not None:
        database.put_list(serial, raw)


def _note(ledger: RemovalLedger, place: Place, region: Region, numbers: Collection[int]) -> None:
    own = own_station(place)
    here = own.classes if own is not None else frozenset()
    ledger.note(numbers, lambda number: number_class(number, region.number_key) in here)
