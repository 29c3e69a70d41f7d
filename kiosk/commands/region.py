"""`kiosk region`: a station's file: classes, secret and public keys, dealt, written again, or taken into use."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.passphrase import add_option, unlocked
from kiosk.config import CODE
from kiosk.errors import ExitCode, KioskError, Refused, UsageProblem
from kiosk.parser import sentence

if TYPE_CHECKING:
    from kiosk.config import Station
    from kiosk.desk.keys.seeds import Seeds
    from kiosk.desk.region import Region
    from kiosk.paths import Place
    from kiosk.vault.station_key import StationKey


FILES_LOST = 1_000
"""More region files than anybody writes between a backup and its return: their serials have to go on rising."""


class NotNewer(Refused):
    """A region file that was written before the one in use: an old stick, or somebody who puts old keys back."""

    hint = "On the provider's machine: `kiosk region --again --station LABEL FILE`. What this station has stays."


class NotCompared(Refused):
    """The first file that names a signing key: nothing on this station says whose it is."""

    hint = "Call the provider, have the check read out that `kiosk region` printed there, and add `--check 'CHECK'`."


class DealsUnknown(Refused):
    """desk.toml came back from a backup: classes that it knows nothing of may have been dealt since."""

    hint = "Add `--dealt N`: the number of stations dealt, as it stands on the paper of the key."


class AgencyNotNamed(Refused):
    """A region file that names agencies, and not the one that this station says."""

    hint = "Add `--agency CODE`: the one that holds this station's records. Until then, what this station has stays."


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
    which.add_argument(
        "--lost", metavar="LABEL", help="on a restored desk: this station is gone for good, wait no longer"
    )
    which.add_argument("--take", action="store_true", help="on a station: put this newer file of its own into use")
    parser.add_argument("--again", action="store_true", help="the file of a station that there is, with today's keys")
    parser.add_argument(
        "file", metavar="FILE", type=Path, nargs="?", help="where to write it; nothing may be there yet"
    )
    parser.add_argument("--check", default="", help="with --take, the first time: what the provider reads out by voice")
    parser.add_argument("--agency", metavar="CODE", help="with --take: the agency that holds this station's records")
    parser.add_argument("--dealt", type=int, metavar="N", help="on a restored desk: stations dealt, as the paper says")
    add_option(parser)


def run(parsed: argparse.Namespace) -> int:
    """Write a station's file, or take one into use."""
    from kiosk.desk.keys.signing import signers_of
    from kiosk.desk.keys.spoken_check import of_signer
    from kiosk.paths import check_modes, place
    from kiosk.vault.locks import one_at_a_time

    if (parsed.file is None) != bool(parsed.lost):
        raise UsageProblem("A file is named with --station and --take, and none with --lost.")
    if parsed.station and CODE.fullmatch(parsed.station) is None:
        raise UsageProblem("A station's label is a code of 2 to 12 capital letters, digits and hyphens.")
    here = place()
    check_modes(here)
    if parsed.take:
        _take(here, parsed.file, parsed.check, parsed.agency)
        print("This station seals to the keys in the new file from now on. Destroy the file.")
        return ExitCode.DONE
    seeds = unlocked(here, parsed.passphrase_file)
    if parsed.lost:
        from kiosk.desk.records.removing import forget_station

        forget_station(here, seeds, parsed.lost)
        print(f"This desk no longer waits for {parsed.lost}; what lies here of that station stands.")
        return ExitCode.DONE
    with one_at_a_time(here):
        region = _write(here, seeds, parsed)
    then = "region --take FILE" if parsed.again else "setup --region FILE"
    print(f"{parsed.file} is written for the station {parsed.station}. Carry it there by hand, run")
    print(f"`kiosk {then}` on that machine, and destroy the file.")
    print("A station that has no signed file yet wants this check, twelve words, read out by voice:")
    print(of_signer(signers_of(seeds)[0]))
    if not here.area_toml.exists():
        print("It names no agency: there is no directory here (`kiosk directory`). No new station is set up from it.")
    if not parsed.again:
        print(f"Write on the paper of the key: stations dealt, {region.dealt}.")
    return ExitCode.DONE


def _write(here: Place, seeds: Seeds, parsed: argparse.Namespace) -> Region:
    """Note the station or the file's serial, and then write the file; a file that cannot be written deals nothing."""
    from kiosk.desk.region import Region
    from kiosk.directory.area_file import read
    from kiosk.vault.numbers import CLASSES

    before = Region.read(here.desk_toml, seeds)
    if here.deals_lost.exists():
        if parsed.dealt is None or not 0 <= parsed.dealt <= CLASSES:
            raise DealsUnknown("This desk came back from a backup.")
        before = replace(before, dealt=max(before.dealt, parsed.dealt), files=before.files + FILES_LOST)
    agencies = read(here.area_toml).agencies() if here.area_toml.exists() else ()
    after, key = (before.again if parsed.again else before.deal)(parsed.station, seeds, agencies)
    key.write(parsed.file)
    try:
        after.write(here.desk_toml, seeds.current)
    except KioskError:
        parsed.file.unlink(missing_ok=True)
        raise
    here.deals_lost.unlink(missing_ok=True)
    return after


def _take(here: Place, file: Path, check: str, agency: str | None) -> None:
    """Put a newer file of this very station in the place of station.key, and `agency` into its settings.

    Raises AnotherStation, NotNewer, NotSigned, AgencyNotNamed or KioskRunning. A station that knows no signing key yet
    has none but the voice to tell whose file it is.
    """
    from kiosk import config
    from kiosk.desk.keys.spoken_check import is_signer
    from kiosk.vault.locks import alone
    from kiosk.vault.station_key import NotSigned, StationKey

    with alone(here):
        present, coming = StationKey.read(here.station_key), StationKey.read(file)
        if not coming.same_station(present):
            raise AnotherStation("The file belongs to another station or region.")
        known = present.signers or coming.signers[:1]
        if not coming.signed_by(known):
            raise NotSigned("The file is not signed by this station's provider.")
        if coming.serial <= present.serial:
            raise NotNewer("The file is not newer than the one that this station has.")
        if not present.signers and not is_signer(check, coming.signers[0]):
            raise NotCompared("This is the first signed file of this station, and it was not compared by voice.")
        station = _held(here, coming, agency) if here.set_up else None
        coming.write(here.station_key, replace=True)
        if station is not None and agency:
            config.put(here.station_toml, station)


def _held(here: Place, coming: StationKey, agency: str | None) -> Station:
    """The settings with the agency that holds the records; one that the coming file knows. Raises AgencyNotNamed."""
    from kiosk import config
    from kiosk.directory.known import UnknownAgency, agencies, holder

    station = config.read(here.station_toml)
    station = replace(station, agency=agency or station.agency)
    known = agencies(here, coming)
    try:
        if holder(station, known) is None and agency:
            raise UnknownAgency
    except UnknownAgency:
        codes = ", ".join(each.code for each in known) or "none"
        raise AgencyNotNamed(f"The file has no agency {station.agency}. It has: {codes}.") from None
    return station
