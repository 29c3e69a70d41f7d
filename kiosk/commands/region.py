"""`kiosk region`: a station's file: classes, secret and public keys, dealt, written again, or taken into use."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.passphrase import add_option, unlocked
from kiosk.config import CODE
from kiosk.errors import ExitCode, KioskError, Refused, UsageProblem
from kiosk.parser import sentence

if TYPE_CHECKING:
    from kiosk.desk.keys.seeds import Seeds
    from kiosk.paths import Place


class AnotherStation(Refused):
    """A region file of another station."""

    hint = "On the provider's machine: `kiosk region --again --station LABEL FILE`, with this station's own label."


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    text = "write the region file of one more station"
    parser = commands.add_parser(
        "region",
        help=text,
        description=f"{sentence(text)} (0600). It holds that station's secret: carry it by hand, and destroy it "
        "once the station is set up.",
    )
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--station", metavar="LABEL", help="label of the new station")
    which.add_argument("--take", action="store_true", help="on a station: put this newer file of its own into use")
    parser.add_argument("--again", action="store_true", help="the file of a station that there is, with today's keys")
    parser.add_argument("file", metavar="FILE", type=Path, help="where to write it; nothing may be there yet")
    add_option(parser)


def run(parsed: argparse.Namespace) -> int:
    """Write a station's file, or take one into use."""
    from kiosk.paths import check_modes, place
    from kiosk.vault.locks import one_at_a_time

    if not parsed.take and CODE.fullmatch(parsed.station) is None:
        raise UsageProblem("A station's label is a code of 2 to 12 capital letters, digits and hyphens.")
    here = place()
    check_modes(here)
    if parsed.take:
        _take(here, parsed.file)
        print("This station seals to the keys in the new file from now on. Destroy the file.")
        return ExitCode.DONE
    seeds = unlocked(here, parsed.passphrase_file)
    with one_at_a_time(here):
        if parsed.again:
            _write_again(here, seeds, parsed.station, parsed.file)
        else:
            _deal(here, seeds, parsed.station, parsed.file)
    then = "region --take FILE" if parsed.again else "setup --region FILE"
    print(f"{parsed.file} is written for the station {parsed.station}. Carry it there by hand, run")
    print(f"`kiosk {then}` on that machine, and destroy the file.")
    return ExitCode.DONE


def _deal(here: Place, seeds: Seeds, label: str, file: Path) -> None:
    """Deal, write the file, and only then note the station; a file that cannot be written deals nothing."""
    from kiosk.desk.region import Region

    region, key = Region.read(here.desk_toml, seeds).deal(label)
    key.write(file)
    try:
        region.write(here.desk_toml, seeds.current)
    except KioskError:
        file.unlink(missing_ok=True)
        raise


def _write_again(here: Place, seeds: Seeds, label: str, file: Path) -> None:
    from kiosk.desk.region import Region

    Region.read(here.desk_toml, seeds).again(label).write(file)


def _take(here: Place, file: Path) -> None:
    """Put a newer file of this very station in the place of station.key. Raises AnotherStation or KioskRunning."""
    from dataclasses import replace

    from kiosk.vault.locks import alone
    from kiosk.vault.station_key import StationKey

    with alone(here):
        present, coming = StationKey.read(here.station_key), StationKey.read(file)
        if replace(coming, recipients=present.recipients) != present:
            raise AnotherStation("The file belongs to another station or region.")
        coming.write(here.station_key, replace=True)
