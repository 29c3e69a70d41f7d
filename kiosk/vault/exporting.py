"""Every sealed record to a stick, from whatever machine this is: a station's, a desk's, or both in one."""

from __future__ import annotations

from pathlib import Path

from kiosk.errors import Refused
from kiosk.paths import Place
from kiosk.vault.private_file import Missing, read_private
from kiosk.vault.station_key import StationKey
from kiosk.vault.transfer import carry_out


class WaitsForStations(Refused):
    """A desk that came back from a backup may hold what was withdrawn since."""

    hint = "`kiosk list` names the stations that it waits for; bring their records here first."


def export_all(path: Path, place: Place, number_key: bytes) -> int:
    """Write the file, with the last removal list that was signed here; returns the count of records.

    Raises WaitsForStations, AlreadyThere, StoreFault or KioskError.
    """
    if place.restored.exists():
        raise WaitsForStations("This desk was restored, and waits for its stations.")
    own = StationKey.read(place.station_key) if place.station_key.exists() else None
    try:
        removals = read_private(place.removals)
    except Missing:
        removals = None
    return carry_out(path, place.summaries, number_key, own, removals)
