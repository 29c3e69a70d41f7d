"""Which region this machine belongs to: its station's file says so, else its desk, by the passphrase."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from kiosk.paths import Place


class Belonging(NamedTuple):
    """What a machine has to know of its region to carry sealed records."""

    number_key: bytes
    """The key of the region's numbers."""
    recipients: frozenset[bytes]
    """The key ids that its records are sealed to, those of a key that is being replaced among them."""


def belonging(place: Place, passphrase_file: Path | None) -> Belonging:
    """Ask the station's file, which needs no passphrase, or the desk's. Raises a KioskError."""
    from kiosk.desk.rotation_file import key_ids_in_use

    if place.station_key.exists():
        from kiosk.vault.station_key import StationKey

        key = StationKey.read(place.station_key)
        number_key, recipients = key.number_key, key.recipients
    else:
        from kiosk.commands.passphrase import unlocked
        from kiosk.desk.region import Region

        region = Region.read(place.desk_toml, unlocked(place, passphrase_file))
        number_key, recipients = region.number_key, region.recipients
    return Belonging(number_key, frozenset(each.key_id for each in recipients) | key_ids_in_use(place))
