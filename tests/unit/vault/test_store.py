from __future__ import annotations

import os
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from kiosk.seal.record import SealedRecord, seal
from kiosk.vault.faults import NumberTaken
from kiosk.vault.migrations import connect
from kiosk.vault.store import engine_for, mac_of
from tests.made_up import Made, a_summary, made_at


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return made_at(tmp_path / "k")


def sealed_for(made: Made, number: int) -> tuple[SealedRecord, bytes]:
    sealed = seal(a_summary(number), number, made.key.recipients)
    return sealed, mac_of(made.key.station_secret, number, sealed)


@contextmanager
def smallest_file(size: int) -> Iterator[None]:
    """No file may grow beyond `size` bytes: a full disk that needs no mount."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_what_is_appended_is_there(made: Made) -> None:
    """P8: an appended record is on disk, whole, when `append` returns; another process sees it."""
    number = made.number()
    sealed, mac = sealed_for(made, number)
    made.store.append(number, sealed, mac)
    assert made.store.rows() == [(number, bytes(sealed), mac)]
    with closing(sqlite3.connect(made.place.summaries)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_every_connection_is_new_and_has_the_pragmas(made: Made) -> None:
    """Design, Table: TRUNCATE, EXTRA, secure_delete, no temporary file; no connection is kept open."""
    wanted = {"journal_mode": "truncate", "synchronous": 3, "secure_delete": 1, "temp_store": 2, "trusted_schema": 0}
    with engine_for(made.place.summaries).connect() as connection:
        found = {name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in wanted}
        assert connection.execute(text("PRAGMA busy_timeout")).scalar() == 10_000
    assert found == wanted
    made.keep()
    held = [os.readlink(f"/proc/self/fd/{each}") for each in os.listdir("/proc/self/fd") if _there(each)]
    assert not [path for path in held if "summaries.db" in path]


def _there(descriptor: str) -> bool:
    return os.path.islink(f"/proc/self/fd/{descriptor}")


def test_a_writer_begins_at_once(made: Made) -> None:
    """BEGIN IMMEDIATE: two writers never both read first and then deadlock; the second one waits or is told."""
    with engine_for(made.place.summaries).begin(), closing(connect(made.place.summaries)) as other:
        other.execute("PRAGMA busy_timeout=50")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")


def test_a_number_is_given_once(made: Made) -> None:
    """A second record under one number clashes, and the first one stays."""
    number = made.keep()
    first = made.store.rows()
    with pytest.raises(NumberTaken):
        made.store.append(number, *sealed_for(made, number))
    assert made.store.rows() == first and made.store.taken(number)


def test_the_same_record_again_is_no_clash(made: Made) -> None:
    """A save that is tried again after doubt is kept once: the same record, or a newer one in its place."""
    number = made.number()
    first, second = sealed_for(made, number), sealed_for(made, number)
    made.store.append(number, *first)
    made.store.append(number, *first)
    made.store.append(number, *second, earlier=(first[0],))
    assert made.store.rows() == [(number, bytes(second[0]), second[1])]
    with pytest.raises(NumberTaken):
        made.store.append(number, *sealed_for(made, number), earlier=(first[0],))


def test_a_removed_number_never_comes_back(made: Made) -> None:
    """Removal sets a place of the map alone: the number counts as taken, and cannot be stored again."""
    number, other = made.keep(), made.keep()
    assert made.store.retire([number, 12_345_674]) == 1
    assert [row.number for row in made.store.rows()] == [other]
    assert made.store.taken(number) and made.store.taken(12_345_674)
    with pytest.raises(NumberTaken):
        made.store.append(number, *sealed_for(made, number))
    assert made.store.retire([number]) == 0
