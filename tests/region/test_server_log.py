"""What the server's log holds of records: nothing, once its database is prepared; all of it before."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from kiosk.errors import KioskError
from kiosk.vault.faults import NumberTaken
from kiosk.vault.postgres.address import Address
from kiosk.vault.postgres.calls import Batch, Row, add
from kiosk.vault.postgres.prepare import SETTINGS
from kiosk.vault.postgres.sync import sync
from tests.made_up import Made
from tests.postgres import Database
from tests.region.kiosks import belonging_of, sealed_for, store_of

pytestmark = pytest.mark.tool("postgres")
TALKATIVE = {
    "log_statement": "all",
    "log_min_error_statement": "info",
    "log_error_verbosity": "verbose",
    "log_min_duration_statement": "0",
    "log_parameter_max_length": "-1",
    "log_parameter_max_length_on_error": "-1",
    "log_duration": "on",
}
"""A server that is set to log everything."""


@pytest.fixture
def talkative(region: Database) -> Iterator[Database]:
    region.server.restart(**TALKATIVE)
    yield region
    region.server.restart()


def everything(made: Made, region: Database) -> set[bytes]:
    """Keep, clash, sync, remove, and go wrong in every way; returns what must be in no log."""
    store = store_of(made, region.url())
    kept, clashing, here = made.number(), made.number(), made.keep()
    records = {number: sealed_for(made, number) for number in (kept, clashing)}
    for number in (kept, clashing):
        store.append(number, *records[number])
    with pytest.raises(NumberTaken):
        store.append(clashing, *sealed_for(made, clashing))
    made.keep(number=clashing)
    sync(made.place, belonging_of(made), Address.parse(region.url()))
    with pytest.raises(KioskError):
        store.retire([kept])
    store_of(made, region.url(region.provider)).retire([kept])
    _go_wrong(region, here, bytes(records[kept][0]))
    wrapped = {record[0][16:30].hex().encode() for record in records.values()}
    return {str(each).encode() for each in (kept, clashing, here)} | wrapped


def _go_wrong(region: Database, number: int, sealed: bytes) -> None:
    """What a foreign writer, or a fault of ours, would have the server complain about."""
    for row in (Row(number, sealed[:-1], bytes(32)), Row(number + 1, sealed, bytes(31))):
        with psycopg.connect(region.url()) as connection, pytest.raises(psycopg.IntegrityError):
            add(connection, Batch.of([row], bytes(32)))
    with psycopg.connect(region.url()) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("INSERT INTO sealed_summary VALUES (%s, %s, %s)", (number, sealed, bytes(32)))
    for line in (f"{number}\t\\\\x{sealed.hex()}\tx\n", f"number {number}\tx\tx\n"):
        with psycopg.connect(region.url()) as connection, pytest.raises(psycopg.DatabaseError):
            _copy(connection, line)

    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(region.server.url("nowhere"))


def _copy(connection: psycopg.Connection, line: str) -> None:
    with connection.cursor().copy("COPY sealed_summary FROM STDIN") as copy:
        copy.write(line)


def test_it_holds_nothing_of_a_record(made: Made, talkative: Database) -> None:
    """P6, J6: where the server would log everything and its database says no, the log has no number and no sealed
    byte.
    """
    start = talkative.server.log.stat().st_size
    never = everything(made, talkative)
    said = talkative.server.log.read_bytes()[start:]
    assert b"FATAL" in said, "it does log"
    assert [each for each in never if each in said] == []


def test_without_the_settings_it_would(made: Made, talkative: Database) -> None:
    """The same on a database without the settings: the numbers and the bytes are there to be found."""
    with talkative.superuser() as connection:
        for name in SETTINGS:
            connection.execute(f"ALTER DATABASE {talkative.name} RESET {name}")
    start = talkative.server.log.stat().st_size
    never = everything(made, talkative)
    said = talkative.server.log.read_bytes()[start:]
    assert [each for each in never if each not in said] == []
