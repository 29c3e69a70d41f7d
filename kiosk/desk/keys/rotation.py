"""Putting a new key in the place of the old one: each step can be done twice, so that a kill anywhere is made good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kiosk.config import region_of
from kiosk.desk.keys import rotation_file
from kiosk.desk.keys.derivation import recipient
from kiosk.desk.keys.resealing import Progress, Resealed, reseal
from kiosk.desk.keys.rotation_file import Rotation
from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.keys.signing import signers_of
from kiosk.desk.keys.storage import replace_stored
from kiosk.desk.records import news_ledger, offers, removal_ledger
from kiosk.desk.region import Region
from kiosk.desk.reporting import published
from kiosk.paths import Place
from kiosk.seal.record import Recipient
from kiosk.vault import rebuild
from kiosk.vault.private_file import Missing
from kiosk.vault.station_key import StationKey
from kiosk.vault.stores import Records


@dataclass(frozen=True, slots=True)
class Turned:
    """How far a rotation came."""

    records: Resealed
    waiting: tuple[str, ...]
    """Stations that still seal to the old key as far as this machine knows."""
    finished: bool
    """Whether the old key was destroyed."""
    where: str
    """Where the new key lies."""


def begin(place: Place, older: bytes, newer: bytes, wrapped: bytes, suite: int, others: Sequence[Recipient]) -> None:
    """Note what the rotation is to do; nothing else has changed yet."""
    keyring = not place.provider_key.exists()
    Rotation(older, newer, (recipient(newer, suite), *others), wrapped, keyring).write(place)


def go_on(place: Place, seed: bytes, tell: Progress, *, finish: bool = False) -> Turned:
    """Do whatever is still to be done of the rotation under way. Raises KioskError; then it can be run again.

    The old key is destroyed at the end: at once when this machine's own station is the only one, else when `finish`
    says that every station has its new file.
    """
    rotation = rotation_file.read(place, seed)
    assert rotation is not None
    both = Seeds(rotation.newer, rotation.older)
    region = _desk(place, rotation, both)
    here = _station(place, region, both)
    published.reseal(place.published, both)
    removal_ledger.reseal(place, both, region)
    news_ledger.reseal(place, both)
    offers.reseal(place, both)
    records = Resealed()
    for store in Records(place, region.number_key, region_of(place)).stores():
        records += reseal(store, region, both, rotation.recipients, tell)
    where = replace_stored(place, rotation.wrapped, keyring=rotation.keyring)
    rebuild.rebuild(place.summaries)
    waiting = tuple(each.label for each in region.stations if each.label != here)
    finished = finish or not waiting
    if finished:
        rotation_file.forget(place)
    return Turned(records, waiting, finished, where)


def _desk(place: Place, rotation: Rotation, both: Seeds) -> Region:
    """desk.toml, from now on vouched for by the new key and naming the new public keys."""
    region = replace(Region.read(place.desk_toml, both), recipients=rotation.recipients)
    region.write(place.desk_toml, rotation.newer)
    return region


def _station(place: Place, region: Region, both: Seeds) -> str | None:
    """The label of this machine's own station; its file names the new keys from now on."""
    try:
        found = StationKey.read(place.station_key)
    except Missing:
        return None
    if (found.recipients, found.signers) != (region.recipients, signers_of(both)):
        later, key = region.again(found.station, both)
        later.write(place.desk_toml, both.current)
        key.write(place.station_key, replace=True)
    return found.station
