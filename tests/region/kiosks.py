"""Kiosks of a region, in tests: where they keep records, and records for them to keep."""

from __future__ import annotations

from functools import partial

from kiosk import config
from kiosk.config import Station
from kiosk.seal.record import SealedRecord, seal
from kiosk.vault.postgres.address import Address
from kiosk.vault.postgres.connecting import connect
from kiosk.vault.postgres.store import RegionStore
from kiosk.vault.store import mac_of
from kiosk.vault.transfer import Belonging
from tests.made_up import Made, a_summary
from tests.postgres import Database


def lay(region: Database, number: int, sealed: bytes, mac: bytes) -> None:
    """Lay a row into the region as if the station's own login had added it."""
    with region.superuser() as connection:
        connection.execute(
            "INSERT INTO sealed_summary SELECT %s, %s, %s, oid FROM pg_roles WHERE rolname = %s",
            (number, sealed, mac, region.station),
        )


def point_at(made: Made, url: str) -> None:
    """Have the kiosk keep its records at `url`."""
    made.place.station_toml.unlink(missing_ok=True)
    config.write(
        made.place.station_toml,
        Station(
            pack="us-mo",
            language="en",
            role="staff",
            station="KIOSK-1",
            region="MO-606",
            agency="HARBOR",
            database=url,
        ),
    )


def belonging_of(made: Made) -> Belonging:
    """What a station without a desk knows of its region."""
    key = made.key
    ids = frozenset(each.key_id for each in key.recipients)
    return Belonging(
        key.number_key,
        ids,
        frozenset(),
        key.station_secret,
        key.classes,
        desk=False,
        signers=key.signers,
        obeys=(key.station_secret,),
    )


def sealed_for(made: Made, number: int) -> tuple[SealedRecord, bytes]:
    sealed = seal(a_summary(number), number, made.key.recipients)
    return sealed, mac_of(made.key.station_secret, number, sealed)


def store_of(made: Made, url: str) -> RegionStore:
    """The region's store, as the user that `url` names."""
    return RegionStore(partial(connect, Address.parse(url), made.place.home), made.key.number_key)
