"""`kiosk purge`: removes old records for good, by the month inside their seal."""

from __future__ import annotations

import argparse
import re
from datetime import date
from typing import TYPE_CHECKING

from kiosk.commands.opened_list import opened_list
from kiosk.commands.passphrase import add_option
from kiosk.errors import ExitCode, UsageProblem
from kiosk.parser import sentence

if TYPE_CHECKING:
    from kiosk.desk.records.live_list import LiveList
    from kiosk.paths import Place

MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    text = "remove old records for good, by the month inside their seal"
    parser = commands.add_parser(
        "purge",
        help=text,
        description=f"{sentence(text)}. Without --before: as retention.toml in the data folder says.",
    )
    parser.add_argument("--before", metavar="YYYY-MM", help="records of earlier months than this one")
    parser.add_argument("--dry-run", action="store_true", help="only say how many would go")
    add_option(parser)


def run(parsed: argparse.Namespace) -> int:
    """Remove, rebuild the file, and account for every record."""
    if parsed.before is not None and MONTH.fullmatch(parsed.before) is None:
        raise UsageProblem("A month is written YYYY-MM.")
    at = opened_list(parsed.passphrase_file)
    numbers = _going(at.place, at.live_list, parsed.before)
    closed = at.live_list.closed
    if parsed.dry_run:
        print(f"Would be removed: {len(numbers)}. Would stay: {at.live_list.opened - len(numbers)}.")
    else:
        from kiosk.desk.records.removing import remove

        at.region.must_deal()
        gone = remove(at.records, at.seeds, numbers) if numbers else 0
        print(f"Removed: {gone}. Kept: {at.live_list.opened - gone}. The file was rebuilt.")
    if closed:
        print(f"Not looked at, because they do not open or no station vouches for them: {closed}.")
        print("`kiosk list` names them; `kiosk withdraw NUMBER` removes one.")
    return ExitCode.DONE


def _going(here: Place, live_list: LiveList, month: str | None) -> set[int]:
    """The numbers to remove, by the month that was given, else by the provider's table."""
    from kiosk.desk.records.retention import Retention, check_clock

    if month is not None:
        return live_list.outdated(lambda summary: summary.month < month)
    if not here.retention_toml.exists():
        raise UsageProblem("Without retention.toml in the data folder, `--before YYYY-MM` has to say what goes.")
    retention, now = Retention.read(here), date.today().strftime("%Y-%m")
    check_clock(live_list.newest, now)
    return live_list.outdated(lambda summary: retention.due(summary, now))
