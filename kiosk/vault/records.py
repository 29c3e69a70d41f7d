"""Where a kiosk's records lie: in its own file, or in its region's database."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kiosk import config
from kiosk.paths import Place
from kiosk.vault.appending import Appender
from kiosk.vault.postgres.address import Address

if TYPE_CHECKING:
    from kiosk.vault.postgres.appending import RegionAppender
    from kiosk.vault.postgres.store import RegionStore
    from kiosk.vault.store import Store, StoredRow


def region_of(place: Place) -> Address | None:
    """The region that `station.toml` names, if it names one. Raises UnreadableSettings."""
    if not place.set_up:
        return None
    named = config.read(place.station_toml).database
    return None if named is None else Address.parse(named)


def appender_at(place: Place, number_key: bytes, **found: str) -> Appender | RegionAppender:
    """What this kiosk's clerk appends with; `found` is told to libpq beside the region's address.

    Raises UnreadableSettings or NoDriver.
    """
    address = region_of(place)
    if address is None:
        return Appender(place.summaries, number_key)
    from kiosk.vault.postgres.appending import RegionAppender
    from kiosk.vault.postgres.connecting import connect

    return RegionAppender(partial(connect, address, place.home, **found), number_key)


def store_at(place: Place, number_key: bytes, **found: str) -> Store | RegionStore:
    """The store that the desk reads; `found` and what it raises are as for `appender_at`."""
    from kiosk.vault.store import Store

    address = region_of(place)
    if address is None:
        return Store(place.summaries, number_key)
    from kiosk.vault.postgres.connecting import connect
    from kiosk.vault.postgres.store import RegionStore

    return RegionStore(partial(connect, address, place.home, **found), number_key)


def rows_at(place: Place, number_key: bytes, **found: str) -> list[StoredRow]:
    """Every row that the desk lists: the region's, and those of this machine's file that the region does not show.

    A mark in the region hides no row of this machine's own file: any station could write it.
    `found` is as for `appender_at`.
    """
    from kiosk.vault.store import Store

    store = store_at(place, number_key, **found)
    rows = store.rows()
    if isinstance(store, Store):
        return rows
    there = {row.number for row in rows}
    own = Store(place.summaries, number_key).rows()
    return sorted([*rows, *(row for row in own if row.number not in there)])


def stores_at(place: Place, number_key: bytes, **found: str) -> list[Store | RegionStore]:
    """Every store that records of this kiosk may lie in: its own file, and its region's where it has one.

    `found` is as for `appender_at`.
    """
    from kiosk.vault.store import Store

    own, store = Store(place.summaries, number_key), store_at(place, number_key, **found)
    return [own] if isinstance(store, Store) else [own, store]
