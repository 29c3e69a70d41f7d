"""Making a kiosk: keys, settings, database and checked pack, all there afterwards or nothing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk import config
from kiosk.errors import KioskError
from kiosk.paths import Place
from kiosk.setup.agency import chosen
from kiosk.setup.draft import Draft
from kiosk.setup.folder import coming, prepare
from kiosk.setup.offers import offer
from kiosk.setup.result_text import Made

if TYPE_CHECKING:
    from kiosk.desk.keys.storage import KeyringStore
    from schema.agency import Agency

Tell = Callable[[str], None]
"""Hears of each step, in words for the operator."""


def make(place: Place, draft: Draft, tell: Tell) -> Made:
    """Make the kiosk of a complete draft at `place`. Raises a `KioskError`; then nothing of it is left."""
    prepare(place)
    station = draft.settings()
    agency = chosen(draft)
    if draft.region_file is not None:
        return _make_station(place, draft, station, tell)
    return _make_with_desk(place, draft, station, agency, tell)


def _make_station(place: Place, draft: Draft, station: config.Station, tell: Tell) -> Made:
    """Make a kiosk that a provider elsewhere dealt its classes: it holds no private key."""
    assert draft.region_file is not None
    with coming(place) as new:
        draft.region_file.write(new.station_key)
        _furnish(new, station, tell)
    return Made(place.home, "none", quit=station.quit)


def _make_with_desk(place: Place, draft: Draft, station: config.Station, agency: Agency, tell: Tell) -> Made:
    """Make a kiosk and the provider's desk on one machine, with a directory of its one agency."""
    from kiosk.desk.keys.derivation import new_seed, wrap
    from kiosk.desk.keys.seeds import Seeds
    from kiosk.desk.keys.storage import KeyringStore
    from kiosk.desk.region import Region
    from kiosk.directory import area_file
    from kiosk.directory.holding import of_one
    from kiosk.setup.passphrase import strong

    strong(draft.passphrase)
    tell("Deriving the key from the passphrase; this is slow on purpose")
    seed = new_seed()
    blob = wrap(seed, draft.passphrase)
    region, key = Region.new(station.region, seed).deal(station.station, Seeds(seed), (agency,))
    keyring = KeyringStore(place.home)
    kept = Made(place.home, "none")
    try:
        with coming(place) as new:
            region.write(new.desk_toml, seed)
            key.write(new.station_key)
            area_file.write(new.area_toml, of_one(station, offer(station.pack).title, agency))
            _furnish(new, station, tell)
            tell("Keeping the provider's key")
            kept = replace(_keep(place, new, blob, keyring), quit=station.quit)
    except BaseException:
        if kept.key == "keyring":
            with suppress(KioskError):
                keyring.delete()
        raise
    return kept


def _keep(place: Place, new: Place, blob: bytes, keyring: KeyringStore) -> Made:
    """Keep the wrapped key in the keyring, or in a file of the new folder where the keyring does not serve."""
    from kiosk.desk.keys.storage import FileStore

    try:
        keyring.put(blob)
    except KioskError as error:
        FileStore(new.provider_key).put(blob)
        return Made(place.home, "file", f"It is not in the keyring: {error}")
    return Made(place.home, "keyring", "It was read back from there.")


def _furnish(new: Place, station: config.Station, tell: Tell) -> None:
    """Put everything else into the new folder: settings, database, checked pack, room for locks."""
    from kiosk.content import snapshot
    from kiosk.vault import ledgers, migrations

    tell("Checking the content pack")
    new.packs.mkdir(mode=0o700)
    snapshot.frozen(snapshot.find(station.pack), new.packs)
    tell("Making the databases")
    new.run.mkdir(mode=0o700)
    migrations.create(new.summaries)
    ledgers.create(new.ledgers)
    config.write(new.station_toml, station)
