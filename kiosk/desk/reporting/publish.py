"""Making a report: counts a closed month or quarter, decides what may be shown, and notes it before anybody sees it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Collection

from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.records.listing import open_list, records_at
from kiosk.desk.reporting.published import Ledger
from kiosk.desk.reporting.suppression import publish
from kiosk.desk.reporting.tables import count
from kiosk.errors import Refused
from kiosk.paths import Place
from schema.report import Report, months_of, quarter_of
from schema.summary import Summary


class StillOpen(Refused):
    """The month or quarter has not ended."""

    hint = "Wait until it is over, and until every station's records are here."


class NothingToShow(Refused):
    """Not even the total can be shown."""

    hint = "Take a longer time: a quarter instead of a month. Reports that are out already may rule it out, too."


def report_on(
    place: Place, seeds: Seeds, period: str, this_month: str, summaries: Collection[Summary] | None = None
) -> Report:
    """The report of a month or quarter: the one that was published, or a new one, noted before this returns.

    `summaries` are those that stand, from whoever opened all of them; without them they are opened here.
    Raises StillOpen, NothingToShow, NotALedger, or KioskError when key or database fail.
    """
    months = months_of(period)
    if months[-1] >= this_month:
        raise StillOpen(f"{period} is not over.")
    lock = os.open(place.home, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ledger = Ledger.read(place.published, seeds)
        if period not in ledger.reports:
            _add(place, seeds, ledger, period, summaries)
        return ledger.reports[period]
    finally:
        os.close(lock)


def _add(place: Place, seeds: Seeds, ledger: Ledger, period: str, summaries: Collection[Summary] | None) -> None:
    """Publish one more report, and write the ledger."""
    records, region = records_at(place, seeds)
    months, quarter = months_of(period), quarter_of(months_of(period)[0])
    uncounted = [month for month in months if month not in ledger.counts]
    if uncounted and summaries is None:
        summaries = open_list(records, region, seeds).standing().summaries.values()
    for month in uncounted:
        ledger.counts[month] = count(month, summaries or ())
    tables = publish(ledger.counts_of(quarter), months, ledger.known(quarter), ledger.secret)
    if not tables:
        raise NothingToShow(f"Nothing about {period} can be shown without giving a small number away.")
    ledger.reports[period] = Report(region.code, period, tables)
    ledger.write(place.published, seeds.current)
