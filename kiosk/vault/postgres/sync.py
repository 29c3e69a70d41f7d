"""Copying this kiosk's sealed records to its region: as often as one likes; what the provider removed goes here."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kiosk.paths import Place
from kiosk.vault import statements
from kiosk.vault.faults import StoreFault, reason_for
from kiosk.vault.migrations import connect as connect_file
from kiosk.vault.numbers import number_class
from kiosk.vault.obeying import Agree, Obeyed, few, obey
from kiosk.vault.postgres.address import Address
from kiosk.vault.postgres.connecting import connect, faults
from kiosk.vault.rebuild import rebuild
from kiosk.vault.store import Store
from kiosk.vault.transfer import Belonging
from kiosk.vault.transfer_file import statement_mac

if TYPE_CHECKING:
    import psycopg

BATCH: Final = 8192
"""Records that are sent, stored and compared at a time."""

Row = tuple[int, bytes, bytes]
Tell = Callable[[int, int], None]
"""Hears how many records are done, of how many."""


class Batch(NamedTuple):
    """Records that are sent together, sorted by number, so that their order tells nothing."""

    first: int
    """The lowest number."""
    last: int
    """The highest number."""
    rows: int
    """How many there are."""
    data: bytes
    """What is sent."""


_READ: Final = "SELECT number, sealed, mac FROM sealed_summary WHERE number > ? ORDER BY number LIMIT ?"
_INCOMING: Final = "CREATE TEMPORARY TABLE incoming (number int4, sealed bytea, mac bytea)"
_COPY: Final = "COPY incoming (number, sealed, mac) FROM STDIN (FORMAT BINARY)"
_TAKE_OVER: Final = (
    "INSERT INTO sealed_summary (number, sealed, mac) SELECT number, sealed, mac FROM incoming ON CONFLICT DO NOTHING"
)
_COMPARE: Final = (
    "SELECT i.number FROM incoming AS i WHERE NOT EXISTS (SELECT 1 FROM sealed_summary AS s"
    " WHERE s.number BETWEEN %s AND %s AND s.number = i.number AND s.sealed = i.sealed AND s.mac = i.mac)"
    " ORDER BY i.number"
)
_NEWEST: Final = "SELECT body FROM removal_list ORDER BY serial DESC LIMIT 1"


@dataclass(slots=True)
class Outcome:
    """What became of every record of this kiosk."""

    here: int = 0
    """Records here."""
    new: int = 0
    """Records that the region did not have."""
    clashes: list[int] = field(default_factory=list, repr=False)
    """Numbers under which the region has another record; it stays as it is."""
    removal: Obeyed = field(default_factory=Obeyed)
    """What the provider's removal list in the region led to here."""


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
        region.execute(_INCOMING)
        of = _count(place)
        for batch in _read_ahead(_batches(place)):
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


def _batches(place: Place) -> Iterator[Batch]:
    """The file's records by number; each batch is one short read, so that no clerk has to wait."""
    last = 0
    while True:
        with closing(connect_file(place.summaries, write=False)) as file:
            rows: list[Row] = file.execute(_READ, (last, BATCH)).fetchall()
        if not rows:
            return
        yield Batch(rows[0][0], rows[-1][0], len(rows), binary(rows))
        last = rows[-1][0]


def _read_ahead(batches: Iterator[Batch]) -> Iterator[Batch]:
    """The same batches, each made ready while the server is at work on the one before it."""
    with ThreadPoolExecutor(1) as reader:
        coming = reader.submit(next, batches, None)
        while (batch := coming.result()) is not None:
            coming = reader.submit(next, batches, None)
            yield batch


def _push(region: psycopg.Connection, batch: Batch, outcome: Outcome) -> None:
    """Send one batch, take over what is new in one transaction, and compare the rest with what is there."""
    with region.transaction(), region.cursor() as cursor:
        cursor.execute("TRUNCATE incoming")
        with cursor.copy(_COPY) as copy:
            copy.write(batch.data)
        new = cursor.execute(_TAKE_OVER).rowcount
    outcome.here += batch.rows
    outcome.new += new
    if new < batch.rows:
        outcome.clashes += [row[0] for row in region.execute(_COMPARE, (batch.first, batch.last))]


_SIGNATURE: Final = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_ROW: Final = struct.Struct(">hiii")
_LENGTH: Final = struct.Struct(">i")


def binary(rows: list[Row]) -> bytes:
    """Rows in the form that COPY takes (PostgreSQL, COPY, Binary Format)."""
    parts = [_SIGNATURE]
    for number, sealed, mac in rows:
        parts += (_ROW.pack(3, 4, number, len(sealed)), sealed, _LENGTH.pack(len(mac)), mac)
    parts.append(b"\xff\xff")
    return b"".join(parts)
