from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.desk.records.listing import list_records
from kiosk.paths import Place
from kiosk.seal.record import seal
from kiosk.seal.sealed import admit
from kiosk.vault.store import mac_of
from tests.made_up import SEEDS, Made, a_summary, made_at

ROOT = Path(__file__).parents[2]
CALLS = "openat,pwrite64,write,fdatasync,fsync,ftruncate,unlink"
"""Calls on the database, its journal and their folder that a save makes; each is disturbed in its turn."""


def traced(made: Made, number: int, *options: str) -> str:
    """Run one save under strace; what it said, empty when it was killed."""
    place = made.place
    files = [f"-P{path}" for path in (place.summaries, f"{place.summaries}-journal", place.home)]
    command = [sys.executable, "-s", "-P", "-m", "tests.faults.saving", str(place.home), str(number)]
    run = ["strace", "-f", "-qq", *files, *options, *command]
    done = subprocess.run(run, capture_output=True, text=True, cwd=ROOT, env={"PYTHONPATH": str(ROOT)})
    assert "Traceback" not in done.stderr and str(number) not in done.stderr
    return done.stdout.strip()


def copy_of(made: Made, home: Path) -> Made:
    """The same kiosk in another folder."""
    shutil.copytree(made.place.home, home)
    return Made(Place(home), made.region, made.key)


def calls_of(made: Made, number: int, home: Path) -> list[tuple[str, int]]:
    """The calls of an undisturbed save: each call's name, and the how manyth of its name it is."""
    whole = copy_of(made, home)
    assert traced(whole, number, "-o", str(home / "calls"), "-e", f"trace={CALLS}") == "kept"
    names = re.findall(r"^\d+ +(\w+)\(", (home / "calls").read_text(), re.MULTILINE)
    return [(name, names[: at + 1].count(name)) for at, name in enumerate(names)]


def numbers_at(home: Path) -> set[int]:
    """The records there, each opened; the file is sound."""
    with closing(sqlite3.connect(home / "summaries.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    listing = list_records(Place(home), SEEDS)
    assert not listing.apart
    return {row.number for row in listing.rows}


def disturb(made: Made, number: int, fault: str, call: tuple[str, int], home: Path) -> str:
    """Disturb one call of a save, look at what it left, and keep the same record again."""
    before = numbers_at(made.place.home)
    copy = copy_of(made, home)
    said = traced(copy, number, "-o", "/dev/null", "-e", f"inject={call[0]}:{fault}:when={call[1]}")
    found = numbers_at(home)
    assert found in (before, before | {number})
    assert said != "kept" or number in found
    sealed = admit((home / "record").read_bytes(), [each.key_id for each in made.key.recipients])
    copy.store.append(number, sealed, mac_of(made.key.station_secret, number, sealed))
    assert numbers_at(home) == before | {number}
    return said


@pytest.mark.tool("strace")
@pytest.mark.parametrize("fault", ["signal=KILL", "error=ENOSPC", "error=EIO"])
def test_a_save_disturbed_at_each_of_its_calls(tmp_path: Path, fault: str) -> None:
    """P8, E1, E2, E3: killed or failed at any call of a save, the record is there whole or not at all; "kept" is never
    said of one that is not there; nothing kept before is lost; and the same record can be kept afterwards, once.
    """
    made = made_at(tmp_path / "whole")
    for _ in range(8):
        made.keep()
    number = made.number()
    (made.place.home / "record").write_bytes(seal(a_summary(number), number, made.key.recipients))
    calls = calls_of(made, number, tmp_path / "calls")
    assert len(calls) >= 15 and {"openat", "pwrite64", "fdatasync", "ftruncate"} <= {name for name, _ in calls}
    with ThreadPoolExecutor(2) as pool:
        said = list(
            pool.map(lambda call: disturb(made, number, fault, call, tmp_path / "-".join(map(str, call))), calls)
        )
    assert sum(each != "kept" for each in said) >= len(calls) * 3 // 4
    if fault == "signal=KILL":
        assert set(said) == {""}
