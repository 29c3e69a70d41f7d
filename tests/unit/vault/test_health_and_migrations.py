from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.errors import KioskError
from kiosk.vault import faults, health, migrations
from kiosk.vault.migrations import APPLICATION_ID, STEPS, ForeignDatabase, NewerDatabase
from kiosk.vault.private_file import AlreadyThere
from tests.made_up import Made, made_at


@pytest.fixture
def made(tmp_path: Path) -> Made:
    made = made_at(tmp_path / "k")
    for _ in range(12):
        made.keep()
    return made


def say(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_a_sound_database_is_well(made: Made) -> None:
    """A database in use is healthy, while another process writes too, and the check changes no byte of it."""
    before = made.place.summaries.read_bytes()
    health.check(made.place.summaries)
    assert made.place.summaries.read_bytes() == before
    with closing(migrations.connect(made.place.summaries)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(migrations, "BUSY_SECONDS", 0.05)
            health.check(made.place.summaries)


def garbage(path: Path) -> None:
    path.write_bytes(os.urandom(8192))


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 4096)


def broken_page(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-4096:-4000] = bytes(96)
    path.write_bytes(data)


def link(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


CASES = [
    (lambda path: path.unlink(), health.DatabaseMissing),
    (lambda path: path.write_bytes(b""), health.DatabaseDamaged),
    (garbage, health.DatabaseDamaged),
    (cut, health.DatabaseDamaged),
    (broken_page, health.DatabaseDamaged),
    (link, health.DatabaseOpen),
    (folder, health.DatabaseOpen),
    (lambda path: path.chmod(0o640), health.DatabaseOpen),
    (lambda path: path.chmod(0o604), health.DatabaseOpen),
    (lambda path: say(path, "PRAGMA application_id=1"), ForeignDatabase),
    (lambda path: say(path, "PRAGMA user_version=99"), NewerDatabase),
    (lambda path: say(path, "PRAGMA user_version=0"), health.DatabaseDamaged),
    (lambda path: say(path, "DROP TABLE removed"), health.DatabaseDamaged),
    (lambda path: say(path, "ALTER TABLE sealed_summary ADD COLUMN notes TEXT"), health.DatabaseDamaged),
]


@pytest.mark.parametrize(("harm", "expected"), CASES, ids=range(len(CASES)))
def test_each_harm_has_its_sentence(made: Made, harm: object, expected: type[KioskError]) -> None:
    """E5, E7: whatever is wrong with the database is said before a visitor is let in, with a hint, and unchanged."""
    path = made.place.summaries
    assert callable(harm)
    harm(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(KioskError) as caught:
        health.check(path)
    assert type(caught.value) is expected
    assert str(caught.value).endswith(".") and caught.value.hint
    assert (path.read_bytes() if path.is_file() else None) == before


def test_every_cut_is_seen(made: Made) -> None:
    """E7: a file cut short anywhere, in steps of 512 bytes, is refused and not overwritten."""
    path = made.place.summaries
    whole = path.read_bytes()
    health.check(path)
    for size in range(0, len(whole), 512):
        path.write_bytes(whole[:size])
        with pytest.raises(KioskError):
            health.check(path)
        assert path.stat().st_size == size


def test_another_programs_file_is_left_alone(tmp_path: Path) -> None:
    """A database of another program is refused by the check and by an upgrade, and stays as it was."""
    path = tmp_path / "other.db"
    say(path, "CREATE TABLE photos (name TEXT)", "INSERT INTO photos VALUES ('x')")
    path.chmod(0o600)
    before = path.read_bytes()
    for refuses in (health.check, migrations.upgrade):
        with pytest.raises(ForeignDatabase):
            refuses(path)
    assert path.read_bytes() == before


def test_a_full_disk_is_seen(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    """No room on the disk is said before a visitor is let in."""
    monkeypatch.setattr(health, "SPACE_NEEDED", 1 << 62)
    with pytest.raises(health.DiskFull):
        health.check(made.place.summaries)
    assert faults.free_bytes(Path("/nowhere/at/all")) == 0


def test_an_interrupted_save_is_rolled_back_by_the_check(made: Made) -> None:
    """E8: the journal of a killed save is played back; what was kept is there, what was not is gone."""
    path = made.place.summaries
    kept = {row.number for row in made.store.rows()}
    pid = os.fork()
    if pid == 0:
        connection = migrations.connect(path)
        connection.execute("PRAGMA cache_size=1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM sealed_summary")
        connection.executemany("INSERT OR REPLACE INTO removed VALUES (?)", [(each,) for each in range(16_384)])
        os._exit(0)
    os.waitpid(pid, 0)
    journal = path.with_name(path.name + "-journal")
    assert journal.stat().st_size > 0
    health.check(path)
    assert {row.number for row in made.store.rows()} == kept


def test_a_new_database_is_ours_and_private(tmp_path: Path) -> None:
    """A new database has our mark, today's version and mode 0600; one that is there is never made anew."""
    path = tmp_path / "new.db"
    migrations.create(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with closing(sqlite3.connect(path)) as connection:
        assert migrations.identity(connection)[:2] == (APPLICATION_ID, len(STEPS))
    assert migrations.upgrade(path) == len(STEPS)
    health.check(path)
    with pytest.raises(AlreadyThere):
        migrations.create(path)


def test_an_older_database_becomes_todays(made: Made) -> None:
    """A later version's steps are applied once, in one transaction; what was kept stays."""
    later = (*STEPS, ("CREATE TABLE more (x INTEGER) STRICT",), ("INSERT INTO more VALUES (1)",))
    kept = made.store.rows()
    assert [migrations.upgrade(made.place.summaries, later) for _ in range(2)] == [4, 4]
    with closing(sqlite3.connect(made.place.summaries)) as connection:
        assert connection.execute("SELECT count(*) FROM more").fetchone() == (1,)
        assert migrations.identity(connection)[1] == 4
    assert made.store.rows() == kept
    with pytest.raises(NewerDatabase):
        migrations.upgrade(made.place.summaries)


def test_a_step_that_fails_changes_nothing(made: Made) -> None:
    """E1: a failing step takes the steps before it back; the version stays, the database serves on."""
    bad = (*STEPS, ("CREATE TABLE more (x INTEGER) STRICT",), ("CREATE TABLE more (x INTEGER) STRICT",))
    with pytest.raises(KioskError):
        migrations.upgrade(made.place.summaries, bad)
    health.check(made.place.summaries)
    assert len(made.store.rows()) == 12
