"""Syncing a kiosk's file to its region: what goes, what stays, what clashes, what was removed."""

from __future__ import annotations

from contextlib import closing
from dataclasses import astuple
from pathlib import Path

import psycopg
import pytest

from kiosk.vault.migrations import connect
from kiosk.vault.numbers import retired_tag
from kiosk.vault.postgres import sync as syncing
from kiosk.vault.postgres.address import Address
from kiosk.vault.postgres.faults import RegionFault
from kiosk.vault.postgres.sync import Outcome, sync
from tests.made_up import Made, made_at
from tests.postgres import Database
from tests.region.kiosks import sealed_for, store_of

pytestmark = pytest.mark.tool("postgres")


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several batches for a few records."""
    monkeypatch.setattr(syncing, "BATCH", 3)


def synced(made: Made, url: str) -> Outcome:
    return sync(made.place, made.key.number_key, Address.parse(url))


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
    with region.superuser() as connection:
        connection.execute("INSERT INTO sealed_summary VALUES (%s, %s, %s)", (number, sealed, bytes(32)))
    assert synced(made, region.url()).clashes == [number]


def test_removed_here_stays_removed_there(made: Made, region: Database, tmp_path: Path) -> None:
    """A number removed here is on no list of the region any more; another kiosk that still has it loses nothing."""
    number, kept = made.keep(), made.keep()
    other = other_of(made, tmp_path / "other")
    with closing(connect(other.place.summaries)) as file:
        file.executemany("INSERT INTO sealed_summary VALUES (?, ?, ?)", made.store.rows())
    assert synced(made, region.url()).new == 2
    made.store.retire([number])
    assert synced(made, region.url()) == Outcome(here=1, told=1)
    store = store_of(made, region.url())
    assert [row.number for row in store.rows()] == [kept] and store.taken(number)
    assert synced(other, region.url()) == Outcome(here=2, asked=1, meant=1)
    assert {row.number for row in other.store.rows()} == {number, kept}
    assert [row.number for row in store.rows()] == [kept]
    assert synced(made, region.url(region.provider)) == Outcome(here=1, removed_there=1)
    assert [row[0] for row in region.rows()] == [kept]


def test_no_sync_removes_a_record_or_takes_a_number(made: Made, region: Database) -> None:
    """Whoever marks numbers as removed in the region: nothing goes here or there, and what is new still goes over."""
    number, kept = made.keep(), made.keep()
    synced(made, region.url())
    late, unused = made.keep(), made.number()
    tags = [retired_tag(each, made.key.number_key) for each in (number, kept, late, unused)]
    with psycopg.connect(region.url()) as station:
        station.cursor().executemany("INSERT INTO retired VALUES (%s)", [(tag,) for tag in tags])
    rows = made.store.rows()
    for user in (region.station, region.provider):
        assert synced(made, region.url(user)) == Outcome(here=3, new=int(user == region.station), asked=4, meant=3)
        assert made.store.rows() == rows == region.rows() and made.store.retired_tags() == []
    assert not made.store.taken(unused)


def test_a_server_that_stops_in_the_middle(made: Made, region: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was sent by then is there in whole batches; the fault names no value; the next run finishes."""
    numbers = [made.keep() for _ in range(8)]

    def stop(done: int, of: int) -> None:
        if done == 6:
            region.server.stop("immediate")

    try:
        with pytest.raises(RegionFault) as caught:
            sync(made.place, made.key.number_key, Address.parse(region.url()), stop)
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
