"""Which region this machine belongs to: its station's file says so, else its desk, by the passphrase."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.paths import Place

if TYPE_CHECKING:
    from kiosk.vault.carrying import Belonging


def belonging(place: Place, passphrase_file: Path | None) -> Belonging:
    """Ask the station's file, which needs no passphrase, or the desk's. Raises a KioskError."""
    from kiosk.desk.rotation_file import key_ids_in_use
    from kiosk.vault.carrying import Belonging

    secret: bytes | None
    classes = frozenset[int]()
    if place.station_key.exists():
        from kiosk.vault.station_key import StationKey

        key = StationKey.read(place.station_key)
        number_key, recipients, secret = key.number_key, key.recipients, key.station_secret
        classes = key.classes
    else:
        from kiosk.commands.passphrase import unlocked
        from kiosk.desk.region import Region

        region = Region.read(place.desk_toml, unlocked(place, passphrase_file))
        number_key, recipients, secret = region.number_key, region.recipients, None
    return Belonging(number_key, frozenset(each.key_id for each in recipients), key_ids_in_use(place), secret, classes)
