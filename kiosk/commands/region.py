"""`kiosk region`: deals a new station its number classes and secret, and writes them to its region file."""

from __future__ import annotations

import argparse
import fcntl
import os
from pathlib import Path

from kiosk.commands.passphrase import add_option, unlocked
from kiosk.config import CODE
from kiosk.errors import ExitCode, KioskError, UsageProblem


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    text = "write the region file of one more station"
    parser = commands.add_parser(
        "region",
        help=text,
        description=f"{text.capitalize()} (0600). It holds that station's secret: carry it by hand, and destroy it "
        "once the station is set up.",
    )
    parser.add_argument("--station", metavar="LABEL", required=True, help="label of the new station")
    parser.add_argument("file", metavar="FILE", type=Path, help="where to write it; nothing may be there yet")
    add_option(parser)


def run(parsed: argparse.Namespace) -> int:
    """Deal, write the file, and only then note the station; a file that cannot be written deals nothing."""
    from kiosk.paths import check_modes, place

    if CODE.fullmatch(parsed.station) is None:
        raise UsageProblem("A station's label is a code of 2 to 12 capital letters, digits and hyphens.")
    here = place()
    check_modes(here)
    seed = unlocked(here, parsed.passphrase_file)
    from kiosk.desk.region import Region

    lock = os.open(here.home, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        region, key = Region.read(here.desk_toml, seed).deal(parsed.station)
        key.write(parsed.file)
        try:
            region.write(here.desk_toml, seed)
        except KioskError:
            parsed.file.unlink(missing_ok=True)
            raise
    finally:
        os.close(lock)
    print(f"{parsed.file} is written for the station {parsed.station}. Carry it there by hand, run")
    print("`kiosk setup --region FILE` on that machine, and destroy the file.")
    return ExitCode.DONE
