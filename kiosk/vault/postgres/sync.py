"""Copying this kiosk's sealed records to its region: as often as one likes; what the provider removed goes here."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from kiosk.errors import Refused
from kiosk.news.taking import take
from kiosk.paths import Place
from kiosk.vault import statements
from kiosk.vault.faults import StoreFault, reason_for
from kiosk.vault.migrations import connect as connect_file
from kiosk.vault.numbers import number_class
from kiosk.vault.obeying import Agree, Obeyed, few, obey
from kiosk.vault.postgres.address import Address
from kiosk.vault.postgres.calls import Batch, Row, State, add, states
from kiosk.vault.postgres.connecting import connect, faults
from kiosk.vault.rebuild import rebuild
from kiosk.vault.station_key import StationKey
from kiosk.vault.store import Store
from kiosk.vault.transfer import Belonging
from kiosk.vault.transfer_file import statement_mac

if TYPE_CHECKING:
    import psycopg

BATCH: Final = 8192
"""Records that are sent, stored and compared at a time."""

Tell = Callable[[int, int], None]
"""Hears how many records are done, of how many."""


_READ: Final = "SELECT number, sealed, mac FROM sealed_summary WHERE number > ? ORDER BY number LIMIT ?"
_HAS_NEWS: Final = "SELECT to_regclass('news') IS NOT NULL"
_NEWS: Final = "SELECT body FROM news"
_NEWEST: Final = "SELECT body FROM removal_list ORDER BY serial DESC LIMIT 1"


@dataclass(slots=True)
class Outcome:
    """What became of every record of this kiosk."""

    here: int = 0
    """Records here."""
    new: int = 0
    """Records that the region did not have."""
    clashes: list[int] = field(default_factory=list, repr=False)
    """Numbers under which the region has another record of this login; it stays as it is."""
    removal: Obeyed = field(default_factory=Obeyed)
    """What the provider's removal list in the region led to here."""
    editions: int = 0
    """Editions of news that are newer than this kiosk's own, and were taken."""
    refused: int = 0
    """Editions that are older, or nobody's whom this kiosk knows."""


def sync(
    place: Place,
    ours: Belonging,
    address: Address,
    tell: Tell = lambda done, of: None,
    agree: Agree = few,
) -> Outcome:
    """Do what the provider's removal list asks, then bring the region up to date with this kiosk's file.

    At the end a station says to the desk how far it followed, and what it has. Raises TooMany before anything was
    done, RegionFault, StoreFault or KioskError; what was done until then stays, and the next run goes on from it.
    """
    outcome = Outcome()
    with _file_faults(place), faults(), closing(connect(address, place.home, autocommit=True)) as region:
        outcome.removal = _obey(place, ours, region, agree)
        _take_news(place, region, outcome)
        of = _count(place)
        for batch in _read_ahead(_batches(place, ours.number_key)):
            _push(region, batch, outcome)
            tell(outcome.here, of)
        if ours.station_secret is not None:
            region.execute(statements.REGION_SAY, _says(place, ours.number_key, ours.station_secret, ours.classes))
    return outcome


def _obey(place: Place, ours: Belonging, region: psycopg.Connection, agree: Agree) -> Obeyed:
    found = region.execute(_NEWEST).fetchone() if ours.obeys else None
    if found is None:
        return Obeyed()
    with Store(place.summaries, ours.number_key).changing() as file:
        obeyed = obey(file, bytes(found[0]), ours.number_key, ours.signers, ours.obeys, agree)
    if obeyed.removed:
        rebuild(place.summaries)
    return obeyed


def _take_news(place: Place, region: psycopg.Connection, outcome: Outcome) -> None:
    """Keep what is newer. A region that was prepared before there were news has no such table."""
    if not place.station_key.exists() or not region.execute(_HAS_NEWS).fetchall()[0][0]:
        return
    keys = StationKey.read(place.station_key).news
    for (body,) in region.execute(_NEWS).fetchall():
        try:
            outcome.editions += take(place.editions, bytes(body), keys) is not None
        except Refused:
            outcome.refused += 1


def _says(place: Place, number_key: bytes, secret: bytes, classes: frozenset[int]) -> dict[str, Any]:
    store = Store(place.summaries, number_key)
    serial = store.obeyed()[0]
    own = [number for number in store.numbers() if number_class(number, number_key) in classes]
    return {"mac": statement_mac(secret, number_key, serial, own), "about": serial}


@contextmanager
def _file_faults(place: Place) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise StoreFault(reason_for(error, place.summaries)) from None


def _count(place: Place) -> int:
    with closing(connect_file(place.summaries, write=False)) as file:
        return int(file.execute("SELECT count(*) FROM sealed_summary").fetchone()[0])


def _batches(place: Place, number_key: bytes) -> Iterator[Batch]:
    """The file's records by number; each batch is one short read, so that no clerk has to wait."""
    last = 0
    while True:
        with closing(connect_file(place.summaries, write=False)) as file:
            rows = [Row(*row) for row in file.execute(_READ, (last, BATCH))]
        if not rows:
            return
        yield Batch.of(rows, number_key)
        last = rows[-1].number


def _read_ahead(batches: Iterator[Batch]) -> Iterator[Batch]:
    """The same batches, each made ready while the server is at work on the one before it."""
    with ThreadPoolExecutor(1) as reader:
        coming = reader.submit(next, batches, None)
        while (batch := coming.result()) is not None:
            coming = reader.submit(next, batches, None)
            yield batch


def _push(region: psycopg.Connection, batch: Batch, outcome: Outcome) -> None:
    """Ask after one batch, add what is not there in one transaction, and ask after that again."""
    before = states(region, batch)
    missing = batch.where([state is State.NOTHING for state in before])
    after = list[State]()
    if missing.rows:
        add(region, missing)
        after = states(region, missing)
    outcome.here += len(batch.rows)
    outcome.new += after.count(State.KEPT)
    asked = [*zip(batch.rows, before, strict=True), *zip(missing.rows, after, strict=True)]
    clashing = {row.number for row, state in asked if state is State.OTHER}
    clashing |= {row.number for row, state in zip(missing.rows, after, strict=True) if state is State.NOTHING}
    outcome.clashes += sorted(clashing)
