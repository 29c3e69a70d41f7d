"""What a station may do in its region, and what its region makes of it; on a real server."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from kiosk.seal.record import SealedRecord
from kiosk.seal.sealed import MAGIC
from kiosk.seal.wire import Reason
from kiosk.vault.faults import NumberTaken, StoreFault
from kiosk.vault.numbers import retired_tag
from kiosk.vault.postgres.calls import Batch, Row, State, add, states
from kiosk.vault.postgres.store import RegionStore
from tests.made_up import Made
from tests.postgres import Database
from tests.region.kiosks import sealed_for, store_of

pytestmark = pytest.mark.tool("postgres")


@pytest.fixture
def store(made: Made, region: Database) -> RegionStore:
    return store_of(made, region.url())


def test_what_is_appended_is_there(made: Made, region: Database, store: RegionStore) -> None:
    """P8: a record is in the region, whole, when `append` returns; another connection sees it."""
    number = made.number()
    sealed, mac = sealed_for(made, number)
    store.append(number, sealed, mac)
    assert region.rows() == [(number, bytes(sealed), mac)]
    assert store.taken(number) and not store.taken(made.number())


def test_a_number_is_given_once(made: Made, region: Database, store: RegionStore) -> None:
    """Another record under a number clashes, and the first one stays; the same one again is no clash."""
    number = made.number()
    first = sealed_for(made, number)
    store.append(number, *first)
    store.append(number, *first)
    with pytest.raises(NumberTaken):
        store.append(number, *sealed_for(made, number))
    assert region.rows() == [(number, bytes(first[0]), first[1])]


def test_a_doubtful_record_makes_room_for_the_new_one(made: Made, region: Database, store: RegionStore) -> None:
    """P8: what was kept although nobody could say so is told to the desk when she keeps again, which removes it."""
    number, other = made.number(), made.number()
    doubtful = sealed_for(made, number)
    store.append(number, *doubtful)
    with pytest.raises(NumberTaken):
        store.append(number, *sealed_for(made, number), earlier=(doubtful[0],), doubt=bytes(32))
    store.append(other, *sealed_for(made, other))
    assert store_of(made, region.url(region.provider)).said() == [(bytes(32), number)]
    assert store.taken(number)


def test_a_removed_number_never_comes_back(made: Made, region: Database, store: RegionStore) -> None:
    """The provider removes; the number counts as taken and is on no list, even if its row still lay there."""
    number, other = made.number(), made.number()
    for each in (number, other):
        store.append(each, *sealed_for(made, each))
    lying = region.rows()
    assert store_of(made, region.url(region.provider)).retire([number]) == 1
    assert [row[0] for row in region.rows()] == [other]
    assert store.taken(number)
    with pytest.raises(NumberTaken):
        store.append(number, *sealed_for(made, number))
    with region.superuser() as connection:
        put_back = [row for row in lying if row[0] == number]
        connection.cursor().executemany("INSERT INTO sealed_summary VALUES (%s, %s, %s)", put_back)
        tags = connection.execute("SELECT tag FROM retired").fetchall()
    assert tags == [(retired_tag(number, made.key.number_key),)]
    provider = store_of(made, region.url(region.provider))
    assert len(region.rows()) == 2 and [row.number for row in provider.rows()] == [other]


CHANGES = (
    "SELECT number FROM sealed_summary",
    "SELECT count(*) FROM sealed_summary",
    "SELECT tag FROM retired",
    "INSERT INTO sealed_summary VALUES (12345674, '', '')",
    "INSERT INTO retired VALUES ('')",
    "COPY sealed_summary TO STDOUT",
    "CREATE TEMPORARY TABLE here (number int)",
    "UPDATE sealed_summary SET mac = mac",
    "DELETE FROM sealed_summary",
    "TRUNCATE sealed_summary",
    "UPDATE retired SET tag = tag",
    "DELETE FROM retired",
    "TRUNCATE retired",
    "ALTER TABLE sealed_summary DROP CONSTRAINT sealed_magic",
    "DROP TABLE sealed_summary",
    "CREATE TABLE words (said text)",
    "CREATE INDEX words ON sealed_summary (mac)",
    "SELECT pg_read_file('postgresql.conf')",
)


def test_a_station_changes_and_removes_nothing(made: Made, region: Database, store: RegionStore) -> None:
    """S1: a station's user adds; whatever else it tries is refused, and its store says so without a value."""
    number = made.number()
    store.append(number, *sealed_for(made, number))
    for statement in CHANGES:
        with psycopg.connect(region.url()) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement)
    with pytest.raises(StoreFault) as caught:
        store.retire([number])
    assert caught.value.reason is Reason.READ_ONLY and str(number) not in str(caught.value)
    assert len(region.rows()) == 1
    for statement in CHANGES[9:]:
        with psycopg.connect(region.url(region.provider)) as connection, pytest.raises(psycopg.Error):
            connection.execute(statement)


def test_a_station_meets_no_row_but_its_own(made: Made, region: Database, store: RegionStore) -> None:
    """S1: under another station's number a login adds its own row, and is told nothing of the other one."""
    with region.superuser() as connection:
        connection.execute("CREATE ROLE hostile LOGIN")
        connection.execute("GRANT kiosk_station TO hostile")
    try:
        kept, gone, free = (made.number() for _ in range(3))
        for number in (kept, gone):
            store.append(number, *sealed_for(made, number))
        store_of(made, region.url(region.provider)).retire([gone])
        hostile, key = store_of(made, region.url("hostile")), made.key.number_key
        before = region.rows()
        with psycopg.connect(region.url("hostile")) as connection:
            every = [Row(number, sealed, mac) for number, sealed, mac in before]
            every += [Row(number, *sealed_for(made, number)) for number in (gone, free)]
            assert states(connection, Batch.of(every, key)) == [State.NOTHING] * 3
        for number in (kept, gone, free):
            hostile.append(number, *sealed_for(made, number))
        assert set(before) < set(region.rows())
        assert store.taken(kept) and store.taken(gone) and not store.taken(free)
        mine = sealed_for(made, free)
        store.append(free, *mine)
        assert (free, bytes(mine[0]), mine[1]) in region.rows()
    finally:
        with region.superuser() as connection:
            connection.execute("DROP OWNED BY hostile")
            connection.execute("DROP ROLE hostile")


def wrong_rows(made: Made) -> Iterator[tuple[int, bytes, bytes]]:
    number = made.number()
    sealed, mac = sealed_for(made, number)
    yield 9_999_999, sealed, mac
    yield number, sealed[:-1], mac
    yield number, b"Jane lives next door".ljust(len(sealed)), mac
    yield number, MAGIC, mac
    yield number, sealed, mac[:-1]


def test_the_server_itself_refuses(made: Made, region: Database) -> None:
    """P6: even a writer that goes past our code cannot store words, another length or another magic."""
    for row in wrong_rows(made):
        with psycopg.connect(region.url()) as connection, pytest.raises(psycopg.errors.CheckViolation):
            add(connection, Batch.of([Row(*row)], made.key.number_key))
    assert region.rows() == []


def test_only_what_seal_made_is_bound(made: Made, region: Database, store: RegionStore) -> None:
    """P6: bytes that no `seal()` made are refused before they are sent, by a mute error."""
    number = made.number()
    sealed, mac = sealed_for(made, number)
    plain: SealedRecord = bytes(sealed)  # type: ignore[assignment]
    with pytest.raises(StoreFault) as caught:
        store.append(number, plain, mac)
    assert caught.value.reason is Reason.REFUSED and region.rows() == []


def test_a_record_that_reads_back_otherwise_is_not_kept(made: Made, region: Database, store: RegionStore) -> None:
    """P8: a server that keeps something else than it was given is found out before anybody says "kept"."""
    with region.superuser() as connection:
        connection.execute(
            "CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN NEW.mac := sha256(NEW.mac); RETURN NEW; END $$"
        )
        connection.execute("CREATE TRIGGER spoil BEFORE INSERT ON sealed_summary FOR EACH ROW EXECUTE FUNCTION spoil()")
    number = made.number()
    with pytest.raises(StoreFault) as caught:
        store.append(number, *sealed_for(made, number))
    assert caught.value.reason is Reason.OTHER


def test_an_unprepared_database_is_said_to_be_one(made: Made, region: Database) -> None:
    """A database without tables, one that is not there, a user without rights: each with its own reason."""
    with region.superuser() as connection:
        connection.execute("DROP TABLE retired")
    number = made.number()
    with pytest.raises(StoreFault, match="not prepared") as caught:
        store_of(made, region.url()).append(number, *sealed_for(made, number))
    assert caught.value.reason is Reason.DAMAGED
    with pytest.raises(StoreFault, match="no such database or user") as caught:
        store_of(made, region.server.url("nowhere", region.station)).rows()
    assert caught.value.reason is Reason.READ_ONLY
