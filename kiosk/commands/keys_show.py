"""`kiosk keys show`: fingerprints of the keys that records are sealed to, and nothing secret."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.errors import ExitCode

if TYPE_CHECKING:
    from kiosk.paths import Place
    from kiosk.seal.record import Recipient


def run(parsed: argparse.Namespace) -> int:
    """Print the fingerprints, and where the key lies; write the public key when that is asked for."""
    from kiosk.desk.keys import public_file, rotation_file, spoken_check
    from kiosk.paths import check_modes, place

    here = place()
    check_modes(here)
    recipients = _recipients(here, parsed.passphrase_file)
    for at, each in enumerate(recipients):
        whose = "another" if at else "the provider's own"
        print(f"{spoken_check.of_key(each)}   {public_file.suite_name(each.suite)}, {whose}")
        print(f"    on sheets from before: {spoken_check.short_of_key(each)}")
    print(f"The private key: {_where(here)}.")
    if rotation_file.under_way(here):
        print("A rotation is under way: `kiosk keys rotate` goes on with it.")
    if parsed.public is not None:
        public_file.write(parsed.public, recipients[0])
        print(f"{parsed.public} holds the provider's public key; compare the fingerprint by voice.")
    return ExitCode.DONE


def _recipients(here: Place, passphrase_file: Path | None) -> Sequence[Recipient]:
    """From the station's file, which needs no passphrase, or the desk's."""
    if here.station_key.exists():
        from kiosk.vault.station_key import StationKey

        return StationKey.read(here.station_key).recipients
    from kiosk.commands.passphrase import unlocked
    from kiosk.desk.region import Region

    return Region.read(here.desk_toml, unlocked(here, passphrase_file)).recipients


def _where(here: Place) -> str:
    if not here.desk_toml.exists():
        return "not on this machine"
    return "the file provider.key" if here.provider_key.exists() else "the system keyring"
