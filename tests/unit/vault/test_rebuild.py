from __future__ import annotations

import fcntl
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.seal.record import seal
from kiosk.vault import locks, migrations, rebuild
from kiosk.vault.store import Store, mac_of
from tests.file_order import order_tells
from tests.made_up import Made, a_summary, made_at


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return made_at(tmp_path / "k")


def filled(path: Path, rows: list[tuple[int, bytes, bytes]]) -> Path:
    migrations.create(path)
    with closing(migrations.connect(path)) as connection:
        connection.execute("BEGIN")
        connection.execute("DELETE FROM removed")  # a map that is another one in every file
        connection.executemany("INSERT INTO sealed_summary VALUES (?, ?, ?)", rows)
        connection.execute("COMMIT")
    return path


def a_row(made: Made) -> tuple[int, bytes, bytes]:
    number = made.number()
    sealed = seal(a_summary(number), number, made.key.recipients)
    return number, bytes(sealed), mac_of(made.key.station_secret, number, sealed)


def test_a_rebuilt_file_says_nothing_of_the_order(made: Made, tmp_path: Path) -> None:
    """P7: the same records, kept in three orders, give three unlike files; rebuilt, the files are equal to the byte."""
    rows = list({row[0]: row for row in (a_row(made) for _ in range(150))}.values())
    shuffled = random.Random(3).sample(rows, len(rows))
    paths = [filled(tmp_path / name, each) for name, each in (("a", rows), ("b", sorted(rows)), ("c", shuffled))]
    assert len({path.read_bytes() for path in paths}) == 3
    assert order_tells(paths[0]) and order_tells(paths[2])
    for path in paths:
        rebuild.rebuild(path)
    assert len({path.read_bytes() for path in paths}) == 1
    assert not any(order_tells(path) for path in paths)


def test_a_removed_record_leaves_nothing(made: Made) -> None:
    """E14: after removal and rebuild no byte run of the sealed record, its MAC or its number is in the files."""
    numbers = [made.keep() for _ in range(40)]
    row = next(row for row in made.store.rows() if row.number == numbers[7])
    traces = [row.untrusted_sealed[at : at + 16] for at in range(96, 530, 16)]
    traces += [row.untrusted_mac, row.number.to_bytes(4, "big")]
    assert all(trace in made.place.summaries.read_bytes() for trace in traces)
    assert made.records.remove([row.number]) == 1
    for path in made.place.home.rglob("summaries.db*"):
        assert not [trace for trace in traces if trace in path.read_bytes()]
    assert len(made.store.rows()) == 39 and not order_tells(made.place.summaries)


def test_tidying_waits_for_the_last_kiosk(made: Made) -> None:
    """P7: while a kiosk holds the lock nothing is rebuilt; two kiosks hold it together; after the last one it is."""
    made.keep()
    first, second = locks.hold(made.place), locks.hold(made.place)
    assert not rebuild.tidy(made.place, patience=0.05)
    os.close(first)
    assert not rebuild.tidy(made.place, patience=0.05)
    os.close(second)
    assert rebuild.tidy(made.place, patience=0.05)
    assert not order_tells(made.place.summaries)


def test_a_kiosk_that_died_holds_nothing(made: Made) -> None:
    """The lock goes with its process, however that ended."""
    pid = os.fork()
    if pid == 0:
        locks.hold(made.place)
        os.kill(os.getpid(), 9)
    os.waitpid(pid, 0)
    assert rebuild.tidy(made.place, patience=0.05)


def test_a_starting_kiosk_waits_for_tidying(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kiosk that starts while the file is rebuilt waits, and is told when that does not end."""
    monkeypatch.setattr(locks, "HOLD_SECONDS", 0.05)
    held = locks._lock(made.place.run, fcntl.LOCK_EX, 1)
    with pytest.raises(locks.StillTidying):
        locks.hold(made.place)
    os.close(held)
    os.close(locks.hold(made.place))


def test_it_runs_by_itself_and_is_silent(made: Made) -> None:
    """The supervisor's last child: it rebuilds, prints nothing, and is silent about a missing database too."""
    for _ in range(20):
        made.keep()
    assert order_tells(made.place.summaries)
    command = [sys.executable, "-s", "-P", "-m", "kiosk.vault.rebuild", "--home", str(made.place.home)]
    done = subprocess.run(command, capture_output=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert not order_tells(made.place.summaries)
    made.place.summaries.unlink()
    done = subprocess.run(command, capture_output=True)
    assert (done.returncode, done.stdout, done.stderr) == (4, b"", b"")
    assert not made.place.summaries.exists()


def test_a_quiet_hour_beside_running_kiosks(made: Made) -> None:
    """P7: in a quiet hour the file is rebuilt beside a running kiosk when that is asked for, and only then."""
    for _ in range(20):
        made.keep()
    held = locks.hold(made.place)
    command = ["--home", str(made.place.home)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(signal, "signal", lambda *_: None)
        patch.setattr(signal, "alarm", lambda _: 0)
        assert rebuild.main([*command, "--then"]) == 2
        assert order_tells(made.place.summaries)
        assert rebuild.main([*command, "--now"]) == 0
    assert not order_tells(made.place.summaries)
    os.close(held)


def test_killed_while_it_rebuilds(made: Made) -> None:
    """E1: killed at random moments of a rebuild, the file stays sound and every record stays."""
    kept = {made.keep() for _ in range(200)}
    for delay in range(0, 40, 2):
        pid = os.fork()
        if pid == 0:
            while True:
                rebuild.rebuild(made.place.summaries)
        time.sleep(delay / 1000)
        os.kill(pid, 9)
        os.waitpid(pid, 0)
        with closing(sqlite3.connect(made.place.summaries)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert {row.number for row in Store(made.place.summaries, made.key.number_key).rows()} == kept
