from __future__ import annotations

import resource
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.seal.record import SealedRecord, seal
from kiosk.seal.wire import Reason
from kiosk.vault import store as store_module
from kiosk.vault.faults import StoreFault
from kiosk.vault.migrations import connect
from kiosk.vault.store import mac_of
from tests.made_up import Made, a_summary, made_at
from tests.own_world import alone

NEEDED = ("unshare", "mount", "namespaces")
"""What a test needs that mounts something for itself alone."""


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


def test_a_full_disk_keeps_all_that_was_kept(made: Made) -> None:
    """E4, P8: saves on a full disk fail with a reason, lose nothing, and work again once there is room."""
    kept = {made.keep() for _ in range(3)}
    number = made.number()
    record = sealed_for(made, number)
    with smallest_file(1024), pytest.raises(StoreFault) as caught:
        made.store.append(number, *record)
    assert caught.value.reason in (Reason.FULL, Reason.OTHER)
    assert {row.number for row in made.store.rows()} == kept
    made.store.append(number, *record)
    assert {row.number for row in made.store.rows()} == kept | {number}


def test_the_disk_fills_up_at_any_page(made: Made) -> None:
    """E4: wherever the room ends, what was acknowledged is there and nothing else is."""
    kept: set[int] = set()
    failed = 0
    for size in range(12_288, 131_072, 4096):
        with smallest_file(size):
            for _ in range(6):
                number = made.number()
                try:
                    made.store.append(number, *sealed_for(made, number))
                except StoreFault:
                    failed += 1
                else:
                    kept.add(number)
        assert {row.number for row in made.store.rows()} == kept
    assert failed > 5 and len(kept) > 20


@pytest.mark.tool(*NEEDED)
def test_a_really_full_disk_says_so(tmp_path: Path) -> None:
    """E4: on a file system without room the reason is `full`; with room again the save works."""
    folder = tmp_path / "small"
    folder.mkdir()
    code = (
        "import os, subprocess, sys; from pathlib import Path; folder = Path(sys.argv[1]);"
        "from tests.made_up import made_at, a_summary; from kiosk.vault.faults import StoreFault;"
        "subprocess.run(['mount', '-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', folder], check=True);"
        "made = made_at(folder / 'k'); kept = set(); reason = None\n"
        "while reason is None:\n"
        "    try: kept.add(made.keep())\n"
        "    except StoreFault as fault: reason = fault.reason\n"
        "assert {row.number for row in made.store.rows()} == kept and len(kept) > 50\n"
        "subprocess.run(['mount', '-o', 'remount,size=2m', folder], check=True); kept.add(made.keep())\n"
        "assert {row.number for row in made.store.rows()} == kept; print(reason.name)"
    )
    command = [*alone(), sys.executable, "-c", code, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[3])
    assert done.stdout.strip() == "FULL", done.stderr


@pytest.mark.tool(*NEEDED)
def test_a_read_only_folder_is_said(made: Made) -> None:
    """E5: where nothing can be written the reason is `read-only`, and reading still works."""
    number = made.keep()
    code = (
        "import os, sys; from pathlib import Path; from kiosk.paths import Place; from tests.made_up import *;"
        "from kiosk.vault.faults import StoreFault\n"
        "place = Place(Path(sys.argv[1])); key = StationKey.read(place.station_key); made = Made(place, None, key)\n"
        "try: made.keep()\n"
        "except StoreFault as fault: print(fault.reason.name, len(made.store.rows()))"
    )
    bind = 'mount --bind "$2" "$2" && mount -o remount,bind,ro "$2" && exec "$0" -c "$1" "$2"'
    command = [*alone(), "sh", "-c", bind, sys.executable, code, str(made.place.home)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[3])
    assert done.stdout.strip() == "READ_ONLY 1", done.stderr
    assert [row.number for row in made.store.rows()] == [number]


def damage(path: Path, how: str) -> None:
    data = bytearray(path.read_bytes())
    if how == "no header":
        data[:16] = bytes(16)
    elif how == "broken pages":
        for page in range(4096, len(data), 4096):
            data[page : page + 64] = b"\xff" * 64
    elif how == "cut in half":
        del data[len(data) // 2 :]
    elif how == "emptied":
        data.clear()
    path.write_bytes(data)


@pytest.mark.parametrize("how", ["no header", "broken pages", "cut in half", "emptied", "gone"])
def test_damage_is_said_and_nothing_is_made_anew(made: Made, how: str) -> None:
    """E6, E7: a damaged or missing database is told as such, and no empty one takes its place."""
    for _ in range(30):
        made.keep()
    number = made.number()
    record = sealed_for(made, number)
    if how == "gone":
        made.place.summaries.unlink()
    else:
        damage(made.place.summaries, how)
    with pytest.raises(StoreFault) as caught:
        made.store.append(number, *record)
    assert caught.value.reason is Reason.DAMAGED
    assert how != "gone" or not made.place.summaries.exists()


def test_a_busy_database_is_said(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    """E9: another writer that does not end makes the reason `busy` after a bounded wait; then the save works."""
    monkeypatch.setattr("kiosk.vault.migrations.BUSY_SECONDS", 0.05)
    number = made.number()
    record = sealed_for(made, number)
    with closing(connect(made.place.summaries)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreFault) as caught:
            made.store.append(number, *record)
    assert caught.value.reason is Reason.BUSY
    made.store.append(number, *record)
    assert made.store.taken(number)


def test_a_read_back_that_differs_is_not_kept(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    """P8: "kept" is said only after a read-back on a new connection gave the same bytes."""
    number = made.number()
    record = sealed_for(made, number)
    whole = store_module.Store._found
    monkeypatch.setattr(
        store_module.Store, "_found", lambda self, c, n: None if (row := whole(self, c, n)) is None else (row[0], b"x")
    )
    with pytest.raises(StoreFault) as caught:
        made.store.append(number, *record)
    assert caught.value.reason is Reason.DAMAGED


def test_failures_print_no_parameter(made: Made) -> None:
    """P6: no failure's text, cause or notes hold a number or a byte of a record."""
    number = made.keep()
    record = sealed_for(made, number)
    damage(made.place.summaries, "broken pages")
    import traceback

    with pytest.raises(StoreFault) as caught:
        made.store.append(number, *record)
    printed = "".join(traceback.format_exception(caught.value))
    assert "StoreFault" in printed
    assert str(number) not in printed and record[1].hex()[:12] not in printed and "parameters" not in printed


def test_the_files_times_tell_the_month_only(made: Made) -> None:
    """P7: the database's own times are the first of the month, not the moment of the last save."""
    made.keep()
    month = datetime.now(UTC).strftime("%Y-%m-01 00:00:00")
    for path in made.place.home.glob("summaries.db*"):
        assert datetime.fromtimestamp(path.stat().st_mtime, UTC).strftime("%Y-%m-%d %H:%M:%S") == month
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
