"""Making a report: counts a closed month or quarter, decides what may be shown, and notes it before anybody sees it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.records.listing import open_list, records_at
from kiosk.desk.records.removal_ledger import RemovalLedger
from kiosk.desk.region import Region
from kiosk.desk.reporting.published import Ledger
from kiosk.desk.reporting.suppression import publish
from kiosk.desk.reporting.tables import count
from kiosk.errors import Refused
from kiosk.paths import Place
from kiosk.vault.locks import one_at_a_time
from schema.report import Report, months_of, quarter_of
from schema.summary import Summary


class StillOpen(Refused):
    """The month or quarter has not ended."""

    hint = "Wait until it is over, and until every station's records are here."


class AnotherPublishes(Refused):
    """This desk took its register from another provider, who alone publishes: two desks hide different numbers."""

    hint = "Ask that provider for the report. What two desks show of one month gives away what each of them hides."


class PublishedLost(Refused):
    """What was published so far is not here, or not all of it: a new report could give away what an old one hides."""

    hint = (
        "Put published.ledger back from its last backup. Only where nothing was ever published: "
        "`kiosk report --never-published`."
    )


class NothingToShow(Refused):
    """Not even the total can be shown."""

    hint = "Take a longer time: a quarter instead of a month. Reports that are out already may rule it out, too."


def report_on(
    place: Place, seeds: Seeds, period: str, this_month: str, summaries: Collection[Summary] | None = None
) -> Report:
    """The report of a month or quarter: the one that was published, or a new one, noted before this returns.

    `summaries` are those that stand, from whoever opened all of them; without them they are opened here.
    Raises StillOpen, NothingToShow, NotALedger, AnotherPublishes, PublishedLost, Restored, or KioskError when key or
    database fail.
    """
    months = months_of(period)
    if months[-1] >= this_month:
        raise StillOpen(f"{period} is not over.")
    records, region = records_at(place, seeds)
    if Ledger.read(place.published, seeds).reports.get(period) is None:
        _may_publish(place, seeds, region)
        if summaries is None:
            summaries = open_list(records, region, seeds).standing().summaries.values()
    with one_at_a_time(place):
        ledger = Ledger.read(place.published, seeds)
        if period not in ledger.reports:
            _add(place, seeds, ledger, period, summaries or ())
        return ledger.reports[period]


def never_published(place: Place) -> None:
    """Somebody says that this provider has published no report: a key that came back may begin."""
    place.reports_lost.unlink(missing_ok=True)


def _may_publish(place: Place, seeds: Seeds, region: Region) -> None:
    """Raises AnotherPublishes, PublishedLost or Restored."""
    if not region.deals:
        raise AnotherPublishes("The reports of this region are another provider's to publish.")
    RemovalLedger.read(place, seeds, region).must_be_whole()
    published = len(Ledger.read(place.published, seeds).reports)
    if published < region.reports or (not published and place.reports_lost.exists()):
        raise PublishedLost("The reports that were published before are not all here.")


def _add(place: Place, seeds: Seeds, ledger: Ledger, period: str, summaries: Collection[Summary]) -> None:
    """Publish one more report: the ledger first, then desk.toml, which says how many there are."""
    region = Region.read(place.desk_toml, seeds)
    _may_publish(place, seeds, region)
    months, quarter = months_of(period), quarter_of(months_of(period)[0])
    for month in months:
        if month not in ledger.counts:
            ledger.counts[month] = count(month, summaries)
    tables = publish(ledger.counts_of(quarter), months, ledger.known(quarter), ledger.secret)
    if not tables:
        raise NothingToShow(f"Nothing about {period} can be shown without giving a small number away.")
    ledger.reports[period] = Report(region.code, period, tables)
    ledger.write(place.published, seeds.current)
    replace(region, reports=len(ledger.reports)).write(place.desk_toml, seeds.current)
