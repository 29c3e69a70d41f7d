"""`kiosk keys share`: the stations' register, sealed for another provider who may open the records."""

from __future__ import annotations

import argparse

from kiosk.errors import ExitCode


def run(parsed: argparse.Namespace) -> int:
    """Write the sealed register, and say what to read out."""
    from kiosk.commands.passphrase import unlocked
    from kiosk.desk.keys import public_file, shared_register, spoken_check
    from kiosk.desk.region import Region
    from kiosk.paths import check_modes, place

    here = place()
    check_modes(here)
    to = public_file.read(parsed.to)
    seeds = unlocked(here, parsed.passphrase_file)
    region = Region.read(here.desk_toml, seeds)
    check = shared_register.share(parsed.file, region, to, seeds)
    print(f"{parsed.file} holds the register of {len(region.stations)} stations, sealed for {spoken_check.of_key(to)}")
    print(f"Read this check out to that provider by voice, never send it along: {check}")
    print("There: `kiosk keys take FILE --check CHECK`. Do it again whenever a station was added.")
    return ExitCode.DONE
