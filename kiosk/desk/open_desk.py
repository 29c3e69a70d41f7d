"""A desk that is unlocked: reads the sealed records, has them opened, and knows what stands on the list."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from kiosk.desk.destination import destination
from kiosk.desk.exporting.file import export
from kiosk.desk.records import removing, seen_marks
from kiosk.desk.records.batches import aside_by
from kiosk.desk.records.live_list import LiveList
from kiosk.desk.records.offers import Offers
from kiosk.desk.records.rows import OPENING, Why
from kiosk.desk.records.seen_marks import Difference
from kiosk.desk.records.unsealing import instrument_of
from kiosk.desk.records.view import Filter, View
from kiosk.desk.records.vouching import vouched
from kiosk.desk.records.worker_pool import BATCH, Batch, Outcome, how_many, open_all
from kiosk.desk.reporting.file import period_of, write_report
from kiosk.errors import KioskError, Refused
from kiosk.priority.profile import load
from kiosk.vault.exporting import export_all

if TYPE_CHECKING:
    from kiosk.desk.keys.seeds import Seeds
    from kiosk.desk.records.removal_ledger import RemovalLedger
    from kiosk.desk.region import Region
    from kiosk.paths import Place
    from kiosk.vault.store import StoredRow
    from kiosk.vault.stores import Records

_BREATH = 0.001
"""Seconds between two slices: a key's way to its paint is a dozen turns of the event loop, and they go on meanwhile."""


class ListMoved(Refused):
    """The database holds records that this desk has not opened."""

    hint = "Lock the desk (F12), open it, and ask again."


class OpenDesk:
    """Everything the pages show. It lives in one process and ends with it."""

    def __init__(self, place: Place, seeds: Seeds, found: Mapping[str, str]) -> None:
        self._place = place
        self._found = found
        self._seeds = seeds
        self._number_key = b""
        self._records: Records
        self._region: Region
        self._ledger: RemovalLedger
        self._seen: frozenset[int] = frozenset()
        self.profile = load()
        self.live_list = LiveList(self.profile, self._number_key)
        self.view = View(self.live_list)
        self.done = 0
        """Records looked at so far."""
        self.total = 0
        """Records there are; 0 before they were read."""
        self.complete = False
        """Whether every record was looked at, so that ranks stand."""
        self.problem = ""
        """Why the list cannot be opened, a sentence with its hint."""
        self.difference: Difference | None = None
        """What changed since the last look; `None` until known, or where there is no earlier look."""
        self.looked_before = False
        """Whether there is an earlier look."""

    async def fill(self) -> None:
        """Open everything. Whatever goes wrong is said in `problem`."""
        try:
            rows, self._ledger = await asyncio.to_thread(self._read)
            region = self._region
            self._number_key = region.number_key
            self.live_list = LiveList(self.profile, self._number_key)
            self.view = View(self.live_list)
            self.total = len(rows)
            self._seen = frozenset(row.number for row in rows)
            await open_all(self._batches(rows, region), self._seeds, self._take, how_many(len(rows)))
            self.live_list.finish(self._ledger.removed)
            self.live_list.put_aside(aside_by(region, self._ledger))
            self.complete = True
            await self._slices(self.view.again())
            await self.compare()
            if self.live_list.taken_back and region.deals:
                await asyncio.to_thread(removing.remove, self._records, self._seeds, self.live_list.taken_back)
        except KioskError as error:
            self.problem = f"{error} {error.hint}"

    def settle(self) -> None:
        """Put what came since the last time into its place, in list and view."""
        if not self.complete:
            self.view.add(self.live_list.settle())

    async def show(self, wanted: Filter, *, by_number: bool) -> None:
        """Show what passes another filter, or in another order."""
        view = View(self.live_list)
        view.filter, view.by_number = wanted, by_number
        self.settle()
        self.view = view
        await self._slices(view.again())

    async def compare(self) -> None:
        """Find out what changed since the last look. Raises KioskError."""
        look = await asyncio.to_thread(seen_marks.read, self._place.home, self._seeds)
        self.looked_before = look is not None
        if look is not None:
            found = Difference()
            await self._slices(look.compare(self.live_list.plains(), found))
            self.difference = found

    async def keep_look(self) -> None:
        """Keep what stands now as the last look. Raises KioskError."""
        await asyncio.to_thread(seen_marks.keep, self._place.home, self._seeds.current, list(self.live_list.plains()))
        await self.compare()

    async def export(self, untrusted_name: str, *, coarser: bool) -> str:
        """Write the external list; says what was written. Raises KioskError."""
        self._ledger.must_be_whole()
        path = destination(self._place, untrusted_name)
        statuses = Offers.read(self._place, self._seeds).statuses(date.today())
        standing = self.live_list.standing()
        return await asyncio.to_thread(export, path, standing, self.profile, self._number_key, coarser, statuses)

    async def report(self, untrusted_name: str, untrusted_period: str) -> str:
        """Publish a report, or write a published one again; says what was written. Raises KioskError."""
        period = period_of(untrusted_period)
        path = destination(self._place, untrusted_name)
        self._ledger.must_be_whole()
        rows = await asyncio.to_thread(self._records.rows)
        if any(row.number not in self._seen for row in rows):
            raise ListMoved("Records came since this list was opened, and a report is counted once for good.")
        summaries = list(self.live_list.standing().summaries.values())
        await asyncio.to_thread(write_report, path, self._place, self._seeds, period, summaries)
        return f"{path.parent.name}/{path.name} holds the report on {period}."

    async def carry_out(self, untrusted_name: str) -> str:
        """Write every sealed record of this machine's file; says what was written. Raises KioskError."""
        path = destination(self._place, untrusted_name)
        records = await asyncio.to_thread(export_all, path, self._place, self._number_key)
        return f"{path.parent.name}/{path.name} holds {records:,} sealed records. It was read back whole."

    async def remove(self, number: int) -> None:
        """Remove a record for good, with every later request about it. Raises KioskError."""
        await asyncio.to_thread(removing.remove, self._records, self._seeds, self.live_list.with_requests(number))
        self.live_list.drop(number)
        await self._slices(self.view.again())
        await self.compare()

    def mark(self, number: int) -> str:
        """`+` for a number that is new since the last look, `*` for one that changed."""
        if self.difference is None:
            return ""
        return "+" if number in self.difference.new else "*" if number in self.difference.changed else ""

    def _read(self) -> tuple[list[StoredRow], RemovalLedger]:
        from kiosk.desk.records.listing import records_at

        self._records, self._region = records_at(self._place, self._seeds, self._found)
        return removing.rows_that_stand(self._records, self._seeds, self._region)

    def _batches(self, rows: list[StoredRow], region: Region) -> Iterator[Batch]:
        """Rows that a station vouches for, for the workers; the others are set apart unopened."""
        rows.reverse()
        seen = set[int]()
        while rows:
            batch = []
            for _ in range(min(BATCH, len(rows))):
                row = rows.pop()
                wrong = vouched(row, region)
                if wrong is None and row.number in seen:
                    self.done += 1  # the same record, sealed anew, that came by another login
                elif wrong is None:
                    seen.add(row.number)
                    batch.append((row.number, row.untrusted_sealed))
                else:
                    self._set_apart(row.number, wrong)
            if batch:
                yield batch

    def _take(self, batch: Batch, outcomes: Sequence[Outcome]) -> None:
        for (number, sealed), outcome in zip(batch, outcomes, strict=True):
            if isinstance(outcome, bytes):
                self.live_list.take(number, outcome, instrument_of(sealed))
                self.done += 1
            else:
                self._set_apart(number, OPENING.get(outcome, Why.UNOPENED))

    def _set_apart(self, number: int, why: Why) -> None:
        self.live_list.keep_closed(number, why)
        self.done += 1

    async def _slices(self, work: Iterator[None]) -> None:
        for _ in work:
            await asyncio.sleep(_BREATH)
