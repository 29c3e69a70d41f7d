"""Syncing a kiosk's file to its region: what goes, what stays, what clashes, what was removed."""

from __future__ import annotations

from dataclasses import astuple
from datetime import date
from pathlib import Path

import psycopg
import pytest

from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.keys.signing import sign
from kiosk.news.taking import split
from kiosk.news.writing import write
from kiosk.vault.numbers import retired_tag
from kiosk.vault.obeying import Heard, TooMany
from kiosk.vault.postgres import sync as syncing
from kiosk.vault.postgres.address import Address
from kiosk.vault.postgres.faults import RegionFault
from kiosk.vault.postgres.sync import Outcome, sync
from kiosk.vault.removal_list import make
from kiosk.vault.signatures import NEWS_EDITION, REMOVAL_LIST
from kiosk.vault.transfer_file import statement_mac
from tests.made_up import SEEDS, Made, made_at
from tests.postgres import Database
from tests.region.kiosks import belonging_of, lay, sealed_for, store_of

pytestmark = pytest.mark.tool("postgres")


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several batches for a few records."""
    monkeypatch.setattr(syncing, "BATCH", 3)


def synced(made: Made, url: str) -> Outcome:
    return sync(made.place, belonging_of(made), Address.parse(url))


def other_of(made: Made, home: Path) -> Made:
    """Another kiosk of the same region, with a file of its own."""
    other = made_at(home)
    other.key = made.key
    return other


def test_what_is_here_is_there_afterwards(made: Made, region: Database) -> None:
    """Every record goes over as it is; the second time nothing is new, nothing changes, and nothing clashes."""
    for _ in range(7):
        made.keep()
    assert synced(made, region.url()) == Outcome(here=7, new=7)
    assert region.rows() == made.store.rows()
    assert synced(made, region.url()) == Outcome(here=7, new=0)
    added = {made.keep() for _ in range(2)}
    assert synced(made, region.url()) == Outcome(here=9, new=2)
    assert region.rows() == made.store.rows() and added <= {row[0] for row in region.rows()}


def test_an_empty_file_is_no_fault(made: Made, region: Database) -> None:
    """A kiosk that keeps nothing has nothing to send."""
    assert synced(made, region.url()) == Outcome()


def test_the_order_tells_nothing(made: Made, region: Database) -> None:
    """P7: records lie in the region by number, whatever the order they came in; one sync is one transaction a batch."""
    for _ in range(3):
        made.keep()
    synced(made, region.url())
    with region.superuser() as connection:
        found = connection.execute("SELECT number, xmin FROM sealed_summary ORDER BY ctid").fetchall()
    assert [row[0] for row in found] == sorted(row[0] for row in found)
    assert len({row[1] for row in found}) == 1


def test_clashes_are_told_and_change_nothing(made: Made, region: Database, tmp_path: Path) -> None:
    """Another record under a number of ours: the region's stays, ours stays here, and the number is told."""
    other = other_of(made, tmp_path / "other")
    numbers = [made.keep() for _ in range(8)]
    for number in (numbers[1], numbers[6]):
        other.keep(number=number)
    synced(other, region.url())
    before = {row[0]: row[1:] for row in region.rows()}
    outcome = synced(made, region.url())
    assert astuple(outcome) == astuple(Outcome(8, 6, sorted((numbers[1], numbers[6]))))
    after = {row[0]: row[1:] for row in region.rows()}
    assert all(after[number] == before[number] for number in before) and after.keys() == set(numbers)
    assert str(numbers[1]) not in repr(outcome)


def test_a_changed_mac_is_a_clash_too(made: Made, region: Database) -> None:
    """The same sealed bytes under another MAC are another record."""
    number = made.keep()
    sealed = made.store.rows()[0].untrusted_sealed
    lay(region, number, sealed, bytes(32))
    assert synced(made, region.url()).clashes == [number]


def asks(made: Made, serial: int, numbers: list[int], seeds: Seeds = SEEDS) -> bytes:
    parts = {made.key.station_secret: numbers}
    return make(serial, made.key.number_key, parts, lambda body: sign(REMOVAL_LIST, body, seeds))


def test_a_station_removes_what_its_provider_asks(made: Made, region: Database) -> None:
    """S1: the provider's role lays a signed list out; a sync obeys it first, sends the rest, and says what it has."""
    numbers = sorted(made.keep() for _ in range(4))
    synced(made, region.url())
    provider = store_of(made, region.url(region.provider))
    assert provider.retire(numbers[:1]) == 1
    provider.put_list(3, asks(made, 3, numbers[:1]))
    outcome = synced(made, region.url())
    assert (outcome.removal.heard, outcome.removal.removed, outcome.here) == (Heard.DONE, 1, 3)
    assert [row.number for row in made.store.rows()] == numbers[1:] == [row[0] for row in region.rows()]
    assert synced(made, region.url()).removal.heard is Heard.KNOWN
    key = made.key
    said = statement_mac(key.station_secret, key.number_key, 3, numbers[1:])
    assert (said, 3) in provider.said() and store_of(made, region.url()).said() == []
    provider.put_list(2, asks(made, 2, numbers[1:2]))
    assert synced(made, region.url()).removal.heard is Heard.OLDER
    assert len(made.store.rows()) == 3


def test_a_station_takes_the_newest_news_and_no_other(made: Made, region: Database) -> None:
    """W1: the provider's role lays editions out, never an older one over a newer; a station reads them and writes none,
    and one that is nobody's is left where it lies.
    """
    provider, key = store_of(made, region.url(region.provider)), made.key.news[0]

    def edition(serial: int, of: str = key.region) -> bytes:
        return write(of, serial, date(2026, 12, 1), key.secret, {}, lambda body: sign(NEWS_EDITION, body, SEEDS))

    first, second = edition(7), edition(8)
    for serial, raw in ((8, second), (7, first)):
        provider.put_news(key.region, serial, raw)
    assert synced(made, region.url()).editions == 1 and split(made.place.editions.read_bytes()) == [second]
    provider.put_news("MO-500", 9, edition(9, "MO-500"))
    again = synced(made, region.url())
    assert (again.editions, again.refused) == (0, 1)
    provider.put_news(key.region, 9, first)
    assert synced(made, region.url()).refused == 2 and split(made.place.editions.read_bytes()) == [second]
    with pytest.raises(psycopg.errors.InsufficientPrivilege), psycopg.connect(region.url()) as station:
        station.execute("DELETE FROM news")


def test_a_region_from_before_there_were_news_is_synced_as_ever(made: Made, region: Database) -> None:
    with region.superuser() as connection:
        connection.execute("DROP TABLE news")
    made.keep()
    assert synced(made, region.url()).new == 1


def test_no_station_removes_a_record_or_takes_a_number(made: Made, region: Database) -> None:
    """S1: a station's user lays out no list, retires nothing, and reads nothing that stations say to the desk."""
    numbers = [made.keep() for _ in range(2)]
    synced(made, region.url())
    tag = retired_tag(numbers[0], made.key.number_key)
    for statement, values in (
        ("INSERT INTO retired VALUES (%s)", (tag,)),
        ("INSERT INTO removal_list VALUES (%s, %s)", (9, asks(made, 9, numbers))),
        ("DELETE FROM removal_list", ()),
        ("SELECT mac FROM station_says", ()),
        ("DELETE FROM station_says", ()),
    ):
        with psycopg.connect(region.url()) as station, pytest.raises(psycopg.errors.InsufficientPrivilege):
            station.execute(statement, values)
    provider = store_of(made, region.url(region.provider))
    provider.put_list(9, asks(made, 9, numbers, Seeds(bytes(32))))
    outcome = synced(made, region.url())
    assert (outcome.removal.heard, outcome.here) == (Heard.STRANGE, 2)
    assert {row.number for row in made.store.rows()} == set(numbers)


def test_much_at_once_needs_a_word(made: Made, region: Database) -> None:
    """Unattended, more than five and two in a hundred: nothing is removed, and nothing is sent."""
    numbers = [made.keep() for _ in range(6)]
    store_of(made, region.url(region.provider)).put_list(1, asks(made, 1, numbers))
    with pytest.raises(TooMany):
        synced(made, region.url())
    assert len(made.store.rows()) == 6 and region.rows() == []


def test_a_server_that_stops_in_the_middle(made: Made, region: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was sent by then is there in whole batches; the fault names no value; the next run finishes."""
    numbers = [made.keep() for _ in range(8)]

    def stop(done: int, of: int) -> None:
        if done == 6:
            region.server.stop("immediate")

    try:
        with pytest.raises(RegionFault) as caught:
            sync(made.place, belonging_of(made), Address.parse(region.url()), stop)
    finally:
        region.server.start()
    assert not any(str(number) in str(caught.value) for number in numbers)
    assert len(region.rows()) in (3, 6)
    assert synced(made, region.url()).here == 8
    assert region.rows() == made.store.rows()


def test_direct_and_synced_records_meet(made: Made, region: Database) -> None:
    """A station that writes there directly and one that syncs fill the same list."""
    number = made.number()
    store_of(made, region.url()).append(number, *sealed_for(made, number))
    other = made.keep()
    assert synced(made, region.url()) == Outcome(here=1, new=1)
    assert {row[0] for row in region.rows()} == {number, other}
