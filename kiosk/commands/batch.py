"""`kiosk batch`: records by station and month; all of one station's month set aside, taken back, or removed."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kiosk.commands.opened_list import opened_list
from kiosk.commands.passphrase import add_option
from kiosk.commands.purge import MONTH
from kiosk.errors import ExitCode, Refused, UsageProblem
from kiosk.parser import sentence

if TYPE_CHECKING:
    from kiosk.desk.records.batches import Batch


class NoSuchBatch(Refused):
    """No record of this station and month is on the list."""

    hint = "`kiosk batch` lists every station's months."


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    text = "count records by station and month; set one station's month aside, or remove it"
    parser = commands.add_parser(
        "batch",
        help=text,
        description=f"{sentence(text)}: for a flood, or a station that was broken into. What is set aside stays, "
        "sealed, and is neither ranked nor exported nor counted in a report.",
    )
    what = parser.add_mutually_exclusive_group()
    for name, does in (
        ("aside", "set it aside"),
        ("back", "take it back to the list"),
        ("remove", "remove it for good, here and, by the next signed list, at its station"),
    ):
        what.add_argument(f"--{name}", nargs=2, metavar=("STATION", "YYYY-MM"), help=does)
    parser.add_argument("--json", action="store_true", help="print JSON")
    add_option(parser)


def run(parsed: argparse.Namespace) -> int:
    """Count, or do what is asked with one batch."""
    named = parsed.aside or parsed.back or parsed.remove
    if named and MONTH.fullmatch(named[1]) is None:
        raise UsageProblem("A month is written YYYY-MM.")
    from kiosk.desk.records import batches
    from kiosk.desk.records.removal_ledger import RemovalLedger
    from kiosk.desk.records.removing import remove

    at = opened_list(parsed.passphrase_file)
    found = batches.batches(at.live_list, at.region, RemovalLedger.read(at.place, at.seeds, at.region))
    if not named:
        print(as_json(found) if parsed.json else "\n".join(as_lines(found)))
        return ExitCode.DONE
    batch = next((each for each in found if [each.station, each.month] == named), None)
    if batch is None:
        raise NoSuchBatch("No record of this station and month is on the list.")
    if parsed.remove:
        gone = remove(at.records, at.seeds, batches.numbers_of(at.live_list, at.region, *named))
        print(f"Removed here: {gone}. The station {batch.station} removes them with the provider's next list.")
    else:
        batches.set_aside(at.place, at.seeds, *named, back=bool(parsed.back))
        print(f"{'Back on the list' if parsed.back else 'Set aside'}: {batch.records}.")
    return ExitCode.DONE


def as_json(found: list[Batch]) -> str:
    """The batches as JSON."""
    import json

    return json.dumps([{**each._asdict(), "many": each.many} for each in found], indent=1)


def as_lines(found: list[Batch]) -> Iterator[str]:
    """The batches for a person, and which of them are larger than people make them."""
    from kiosk.desk.records.batches import MOST_A_MONTH

    for each in found:
        told = "   set aside" if each.aside else ""
        told += f"   MORE THAN {MOST_A_MONTH} IN A MONTH: ask the station" if each.many else ""
        yield f"{each.station:<16} {each.month} {each.records:>8,}{told}"
    if not found:
        yield "No summary is on the list."
