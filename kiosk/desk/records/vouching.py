"""Which station vouches for a row: nobody but it and the desk can make the row's MAC."""

from __future__ import annotations

import hmac

from kiosk.desk.records.rows import Why
from kiosk.desk.region import Region, Station
from kiosk.vault.store import StoredRow, mac_of


def vouched(row: StoredRow, region: Region) -> Why | None:
    """`None` when the station that was dealt this number vouches for the row by its MAC, else what is wrong."""
    dealt = region.station_of(row.number)
    if dealt is not None and _vouches(dealt, row):
        return None
    return Why.WRONG_NUMBER if any(_vouches(each, row) for each in region.stations) else Why.FORGED


def _vouches(station: Station, row: StoredRow) -> bool:
    return hmac.compare_digest(mac_of(station.secret, row.number, row.untrusted_sealed), row.untrusted_mac)
