"""A writer that was killed in the middle of its work, seen by those who only read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kiosk.desk.records.listing import list_records
from kiosk.vault.faults import StoreFault
from kiosk.vault.migrations import connect
from tests.made_up import SEEDS, Made, made_at

JOURNAL = "summaries.db-journal"


def killed_writer(made: Made) -> None:
    """Begin to overwrite the only record, get half of it onto the disk, and die."""
    pid = os.fork()
    if pid == 0:
        try:
            connection = connect(made.place.summaries)
            connection.execute("PRAGMA cache_size=1")  # so that pages are written before the commit
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("UPDATE sealed_summary SET mac = randomblob(32)")
            for _ in range(2000):
                connection.execute("INSERT OR REPLACE INTO removed VALUES (abs(random() % 16384))")
        finally:
            os._exit(0)
    os.waitpid(pid, 0)


@pytest.mark.parametrize("look", ["taken", "rows"])
def test_who_reads_first_takes_half_work_back(look: str, tmp_path: Path) -> None:
    """P8, E8: after a clerk was killed in a save, the next one finds the file as it was before and can put a
    number aside:
    no other writer has to come first.
    """
    made = made_at(tmp_path / "k")
    number = made.keep()
    killed_writer(made)
    assert (made.place.home / JOURNAL).stat().st_size, "the writer left nothing behind: nothing is proven"
    if look == "taken":
        assert made.store.taken(number)
    else:
        assert [row.number for row in made.store.rows()] == [number]
    listing = list_records(made.place, SEEDS)
    assert [row.number for row in listing.rows] == [number]
    assert not listing.apart
    journal = made.place.home / JOURNAL
    assert not journal.exists() or not journal.stat().st_size


def test_who_reads_still_writes_nothing(tmp_path: Path) -> None:
    """P4: the connection that reads refuses to write."""
    made = made_at(tmp_path / "k")
    number = made.keep()
    connection = connect(made.place.summaries, write=False)
    try:
        with pytest.raises(Exception, match="readonly"):
            connection.execute("DELETE FROM sealed_summary")
    finally:
        connection.close()
    assert made.store.taken(number)
    with pytest.raises(StoreFault):
        type(made.store)(tmp_path / "nowhere.db", made.key.number_key).taken(number)
