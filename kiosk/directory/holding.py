"""Saying which agency holds a station's records; on a machine without a directory, one of it alone is made."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.directory.area import Area, Provider
from kiosk.directory.known import NO_DIRECTORY, UnknownAgency, agencies, holder
from kiosk.errors import Refused
from schema.agency import AGENCY_CODE, NOBODYS, Agency

if TYPE_CHECKING:
    from kiosk.config import Station
    from kiosk.paths import Place


class NeedsRegionFile(Refused):
    """A station whose provider is elsewhere knows no agency."""

    hint = (
        "On the provider's machine: `kiosk region --again --station LABEL FILE`; here: `kiosk region --take FILE "
        "--agency CODE`."
    )


def of_one(station: Station, name: str, agency: Agency) -> Area:
    """Return the registry of one provider, its area called `name`."""
    return Area(station.region, name, station.pack, (Provider(agency),))


def hold(here: Place, code: str) -> Iterator[str]:
    """Write whose records these are into the settings; yields what was done.

    Raises UnknownAgency or NeedsRegionFile.
    """
    from kiosk import config
    from kiosk.content import snapshot
    from kiosk.directory import area_file
    from kiosk.vault.station_key import StationKey

    if AGENCY_CODE.fullmatch(code) is None or code in NOBODYS:
        raise UnknownAgency("An agency's code is 2 to 12 capital letters, digits and hyphens, and not AGENCY-1.")
    station = replace(config.read(here.station_toml), agency=code)
    known = agencies(here, StationKey.read(here.station_key))
    if not known and not here.desk_toml.exists():
        raise NeedsRegionFile(NO_DIRECTORY)
    if known:
        holder(station, known)
    else:
        plain = json.loads(snapshot.frozen(snapshot.find(station.pack, here.packs), here.packs))
        area_file.write(
            here.area_toml, of_one(station, next(iter(plain["title"].values())), Agency(code, {"en": code}))
        )
        yield f"A directory of {code} alone was made: write its label, telephone and hours into {here.area_toml}."
    config.put(here.station_toml, station)
    yield f"{code} holds the records of this station from now on. What was kept before keeps the agency it has."
