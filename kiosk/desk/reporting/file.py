"""A report written to a file, in the form that its name's ending says."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from pathlib import Path

from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.reporting.csv import as_csv
from kiosk.desk.reporting.page import as_page
from kiosk.desk.reporting.publish import report_on
from kiosk.errors import UsageProblem
from kiosk.paths import Place
from kiosk.vault.private_file import write_private
from schema.report import Report, months_of
from schema.summary import Summary


def form(file: Path) -> Callable[[Report], bytes]:
    """How a file is written, by its ending. Raises UsageProblem."""
    forms = {".csv": as_csv, ".html": as_page}
    if file.suffix not in forms:
        raise UsageProblem("A report is written to a file that ends in .csv or .html.")
    return forms[file.suffix]


def write_report(path: Path, place: Place, seeds: Seeds, period: str, summaries: Collection[Summary]) -> None:
    """Publish a report of what stands, and write it to a new file (0600). Raises UsageProblem or KioskError."""
    written = form(path)
    report = report_on(place, seeds, period, date.today().strftime("%Y-%m"), summaries)
    write_private(path, written(report), replace=False)


def period_of(untrusted: str) -> str:
    """A month or quarter as it is written. Raises UsageProblem."""
    try:
        if months_of(untrusted):
            return untrusted
    except ValueError:
        pass
    raise UsageProblem("A month is written as 2026-10, and a quarter as 2026-Q4.")
