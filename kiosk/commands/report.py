"""`kiosk report`: totals of a closed month or quarter, with small numbers hidden for good (CE APR Q9, Q10)."""

from __future__ import annotations

import argparse
import sys
from datetime import date, timedelta
from pathlib import Path

from kiosk.commands.passphrase import add_option, unlocked
from kiosk.errors import ExitCode, UsageProblem
from kiosk.parser import sentence


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    text = "publish the totals of a closed month or quarter, small numbers hidden"
    parser = commands.add_parser(
        "report",
        help=text,
        description=f"{sentence(text)}. Without a month or quarter: the last month. What was published once stays "
        "as it is: bring every station's records here first.",
    )
    when = parser.add_mutually_exclusive_group()
    when.add_argument("--month", metavar="YYYY-MM", help="the month")
    when.add_argument("--quarter", metavar="YYYY-Qn", help="the quarter of the calendar year")
    parser.add_argument(
        "--out",
        metavar="FILE",
        type=Path,
        action="append",
        default=[],
        help="a .csv or .html file to write; can be given twice; without it CSV is printed",
    )
    parser.add_argument(
        "--never-published", action="store_true", help="after a restore: nothing was ever published, so begin anew"
    )
    add_option(parser)


def run(parsed: argparse.Namespace) -> int:
    """Publish the report, or give again what was published."""
    from kiosk.desk.reporting.file import form
    from kiosk.paths import check_modes, place
    from kiosk.vault import health

    today = date.today()
    period = _period(parsed.month, parsed.quarter, today)
    written = [(file, form(file)) for file in parsed.out]
    here = place()
    check_modes(here)
    health.check(here.summaries)
    seeds = unlocked(here, parsed.passphrase_file)
    from kiosk.desk.reporting.publish import never_published, report_on
    from kiosk.vault.private_file import write_private

    if parsed.never_published:
        never_published(here)
    report = report_on(here, seeds, period, today.strftime("%Y-%m"))
    for file, as_bytes in written:
        write_private(file, as_bytes(report), replace=False)
        print(f"{file} holds the report on {period}.")
    if not written:
        from kiosk.desk.reporting.csv import as_csv

        sys.stdout.write(as_csv(report).decode().replace("\r\n", "\n"))
    return ExitCode.DONE


def _period(month: str | None, quarter: str | None, today: date) -> str:
    """The month or quarter that is asked for. Raises UsageProblem."""
    from kiosk.desk.reporting.file import period_of
    from schema.report import months_of

    period = month or quarter or (today.replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
    if (len(months_of(period_of(period))) > 1) != (quarter is not None):
        raise UsageProblem("A month is written as 2026-10, and a quarter as 2026-Q4.")
    return period
