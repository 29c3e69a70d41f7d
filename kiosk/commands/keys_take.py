"""`kiosk keys take`: another provider's register of stations put into use, so that this desk ranks their records."""

from __future__ import annotations

import argparse

from kiosk.errors import ExitCode


def run(parsed: argparse.Namespace) -> int:
    """Take the register into desk.toml; what was there stays if anything is wrong."""
    from kiosk.commands.passphrase import unlocked
    from kiosk.desk.keys import shared_register
    from kiosk.desk.region import Region
    from kiosk.paths import check_modes, place
    from kiosk.vault.locks import one_at_a_time

    here = place()
    check_modes(here)
    seeds = unlocked(here, parsed.passphrase_file)
    with one_at_a_time(here):
        region = shared_register.take(parsed.file, Region.read(here.desk_toml, seeds), seeds, parsed.check)
        region.write(here.desk_toml, seeds.current)
    print(f"This desk ranks the records of {len(region.stations)} stations of {region.code} from now on. Stations are")
    print("added, and the key is replaced, on the other provider's machine alone. Destroy the file.")
    return ExitCode.DONE
