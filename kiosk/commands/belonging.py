"""Which region this machine belongs to: its station's file says so, else its desk, by the passphrase."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.paths import Place

if TYPE_CHECKING:
    from kiosk.vault.transfer import Belonging


def belonging(place: Place, passphrase_file: Path | None) -> Belonging:
    """Ask the station's file, which needs no passphrase, or the desk's. Raises a KioskError."""
    from kiosk.desk.keys.rotation_file import key_ids_in_use
    from kiosk.vault.transfer import Belonging

    secret: bytes | None
    classes, signers, obeys = frozenset[int](), tuple[bytes, ...](), tuple[bytes, ...]()
    desk = place.desk_toml.exists()
    if place.station_key.exists():
        from kiosk.vault.station_key import StationKey

        key = StationKey.read(place.station_key)
        number_key, recipients, secret = key.number_key, key.recipients, key.station_secret
        classes = key.classes
        if not desk:
            signers, obeys = key.signers, (key.station_secret,)
    else:
        from kiosk.commands.passphrase import unlocked
        from kiosk.desk.region import Region

        region = Region.read(place.desk_toml, unlocked(place, passphrase_file))
        number_key, recipients, secret = region.number_key, region.recipients, None
        if not region.deals:
            signers, obeys = region.signers, tuple(each.secret for each in region.stations)
    ids = frozenset(each.key_id for each in recipients)
    return Belonging(number_key, ids, key_ids_in_use(place), secret, classes, desk, signers, obeys)
