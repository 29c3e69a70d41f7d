"""Which agency holds a station's records, and whether its directory knows that agency."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from kiosk.errors import Refused

if TYPE_CHECKING:
    from kiosk.config import Station
    from kiosk.paths import Place
    from kiosk.vault.station_key import StationKey
    from schema.agency import Agency

NO_DIRECTORY = "This station's last page can name nobody to ask: it has no directory of agencies."
"""Said where a station was set up before there was one. It keeps working."""


class UnknownAgency(Refused):
    """Records would be kept for an agency that nobody can find."""

    hint = (
        "`kiosk directory hold CODE` says which agency holds them; `kiosk directory list` shows those that there are."
    )


def agencies(place: Place, key: StationKey) -> tuple[Agency, ...]:
    """Return those that this station knows: of the directory on this machine, else of its region file. May be none."""
    if place.area_toml.exists():
        from kiosk.directory.area_file import read

        return read(place.area_toml).agencies()
    return key.agencies


def holder(station: Station, known: Collection[Agency]) -> Agency | None:
    """Return the agency that holds this station's records; `None` on an old station without any directory.

    Raises UnknownAgency where there is a directory, and the agency is not in it.
    """
    if not known:
        return None
    found = next((each for each in known if each.code == station.agency), None)
    if found is None:
        raise UnknownAgency(f"The agency {station.agency} of this station is not in the directory.")
    return found


def how_to_mend(*, desk_here: bool) -> str:
    """Return the command that gives a station without a directory one."""
    if desk_here:
        return "Run `kiosk directory hold CODE` with the code of the agency that holds its records."
    return (
        "On the provider's machine: `kiosk region --again --station LABEL FILE`; here: `kiosk region --take FILE "
        "--agency CODE`."
    )
