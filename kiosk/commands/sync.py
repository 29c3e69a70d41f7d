"""`kiosk sync`: copies this kiosk's sealed records to its region's PostgreSQL; removes nothing here."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

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
        description=f"{sentence(text)}: what is there stays as it is, nothing is removed here, and whatever "
        "was cut off goes on the next time. The password comes from the passfile (`pgpass` in the data folder), never "
        "from here.",
    )
    parser.add_argument(
        "url", metavar="POSTGRES_URL", nargs="?", help="the region (default: `database` in station.toml)"
    )
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
    from kiosk.vault.postgres.sync import sync
    from kiosk.vault.station_key import StationKey

    outcome = sync(here, StationKey.read(here.station_key).number_key, address, _progress)
    print("\n".join(_sentences(outcome)))
    if outcome.clashes:
        raise Clashing(_clashes(outcome))
    return ExitCode.DONE


def _address(here: Place, url: str | None) -> Address:
    from kiosk.vault.postgres.address import Address
    from kiosk.vault.records import region_of

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
    from kiosk.commands.removals import removals_refused

    there = outcome.here - outcome.new - len(outcome.clashes)
    lines = [f"Records here: {outcome.here:,}. New in the region: {outcome.new:,}. There already: {there:,}."]
    if outcome.told or outcome.removed_there:
        lines.append(f"Removed numbers told to the region: {outcome.told:,}; removed there: {outcome.removed_there:,}.")
    if outcome.asked:
        lines += removals_refused("region", outcome.asked, outcome.meant)
    return lines


def _clashes(outcome: Outcome) -> str:
    from kiosk.vault.numbers import show

    numbers = ", ".join(show(number) for number in outcome.clashes)
    return f"The region has other records under {len(outcome.clashes):,} of these numbers: {numbers}."
