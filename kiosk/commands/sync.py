"""`kiosk sync`: copies sealed records to the region's PostgreSQL; removes what the provider's signed list asks."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.passphrase import add_option
from kiosk.errors import ExitCode, Refused, UsageProblem
from kiosk.parser import sentence

if TYPE_CHECKING:
    from kiosk.paths import Place
    from kiosk.vault.postgres.address import Address
    from kiosk.vault.postgres.sync import Outcome


class Clashing(Refused):
    """The region has other records under some of these numbers."""

    hint = "Nothing was changed there. Ask the provider which station those numbers were dealt to."


class NoUrl(UsageProblem):
    """Nobody said which region."""

    hint = "Give it: `kiosk sync postgresql://USER@HOST/DATABASE`, or set `database` in `station.toml`."


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    text = "copy the sealed records to a region's PostgreSQL"
    parser = commands.add_parser(
        "sync",
        help=text,
        description=f"{sentence(text)}: what is there stays as it is, and whatever "
        "was cut off goes on the next time. The password comes from the passfile (`pgpass` in the data folder), never "
        "from here.",
    )
    parser.add_argument(
        "url", metavar="POSTGRES_URL", nargs="?", help="the region (default: `database` in station.toml)"
    )
    add_option(parser)
    parser.add_argument(
        "--prepare", action="store_true", help="only print the SQL that prepares a database, for its administrator"
    )


def run(parsed: argparse.Namespace) -> int:
    """Sync, or print the SQL. Returns the exit status; raises Clashing after all that can be done is done."""
    if parsed.prepare:
        from kiosk.vault.postgres.prepare import script

        print(script(), end="")
        return ExitCode.DONE
    from kiosk.paths import check_modes, place
    from kiosk.vault import health

    here = place()
    check_modes(here)
    health.check(here.summaries)
    address = _address(here, parsed.url)
    from kiosk.vault.postgres import driver

    driver.check()
    from kiosk.commands.belonging import belonging
    from kiosk.commands.removals import agreed, refused
    from kiosk.vault.postgres.sync import sync

    told = _tell_the_region(here, parsed.passphrase_file, address) if here.desk_toml.exists() else []
    outcome = sync(here, belonging(here, parsed.passphrase_file), address, _progress, agreed)
    print("\n".join([*told, *_sentences(outcome)]))
    if refused(outcome.removal):
        return ExitCode.REFUSED
    if outcome.clashes:
        raise Clashing(_clashes(outcome))
    return ExitCode.DONE


def _address(here: Place, url: str | None) -> Address:
    from kiosk.config import region_of
    from kiosk.vault.postgres.address import Address

    found = region_of(here) if url is None else Address.parse(url)
    if found is None:
        raise NoUrl("Which region is meant?")
    return found


def _progress(done: int, of: int) -> None:
    """How far it is, on a terminal."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done:,} of {of:,} records" + ("\r\x1b[K" if done >= of else ""))
        sys.stderr.flush()


def _sentences(outcome: Outcome) -> list[str]:
    from kiosk.commands.removals import heard

    there = outcome.here - outcome.new - len(outcome.clashes)
    lines = [f"Records here: {outcome.here:,}. New in the region: {outcome.new:,}. There already: {there:,}."]
    if outcome.editions:
        lines.append(f"Newer editions of news taken: {outcome.editions}.")
    if outcome.refused:
        lines.append(f"Editions of news not taken, because they are older or of nobody known here: {outcome.refused}.")
    return [*lines, *heard(outcome.removal)]


def _tell_the_region(here: Place, passphrase_file: Path | None, address: Address) -> list[str]:
    """At the desk: remove from the region what the provider removed, and lay the signed list out for the stations."""
    from functools import partial

    from kiosk.commands.passphrase import unlocked
    from kiosk.desk.records.removing import hand_out
    from kiosk.vault.postgres.connecting import connect
    from kiosk.vault.postgres.store import RegionStore

    if not (here.removed.exists() and here.removals.exists()):
        return []
    if passphrase_file is None and not sys.stdin.isatty():
        return ["What the provider removed was not told to the region: run it again with --passphrase-file."]
    from kiosk.desk.region import Region

    seeds = unlocked(here, passphrase_file)
    region = Region.read(here.desk_toml, seeds)
    store = RegionStore(partial(connect, address, here.home), region.number_key)
    return [f"Removed in the region: {hand_out(here, seeds, region, store):,}."]


def _clashes(outcome: Outcome) -> str:
    from kiosk.vault.numbers import show

    numbers = ", ".join(show(number) for number in outcome.clashes)
    return f"The region has other records under {len(outcome.clashes):,} of these numbers: {numbers}."
