"""A power cut that keeps only what was flushed: blocks lost and reordered since, names lost from the last one on."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.desk.keys import rotation_file, storage
from kiosk.desk.keys.derivation import unwrap, wrap
from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.records.listing import list_records
from kiosk.desk.records.removal_ledger import RemovalLedger
from kiosk.paths import Place
from kiosk.vault.exporting import export_all
from kiosk.vault.ledgers import Ledgers
from tests.faults import powered
from tests.faults.power import Call, Disk, calls, recording
from tests.faults.powered import NEW_WORDS, NEWER, OLD_WORDS, made_in, rotated
from tests.made_up import CHEAP, SEED, SEEDS, Made, made_at

ROOT = Path(__file__).parents[2]
LIKELIHOODS = (0.0, 0.5, 0.9)
"""How likely each block is there: nothing that was not flushed, and two kinds of chance."""
MOST_CUTS = 40
"""Places of a run where the power fails, at most."""


@dataclass
class Run:
    """One run, recorded."""

    made: Made
    before: Path
    """The folder as it was."""
    calls: list[Call]
    said: str


def recorded(what: str, made: Made, tmp_path: Path) -> Run:
    """Run it once under strace, and see that the replay of its calls comes to what is really there."""
    home, before, log = made.place.home, tmp_path / "before", tmp_path / "calls"
    shutil.copytree(home, before)
    command = [*recording(log), sys.executable, "-s", "-P", "-m", "tests.faults.powered", what, str(home)]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert done.returncode == 0, done.stderr
    run = Run(made, before, list(calls(log)), done.stdout.strip())
    really = {str(path): path.read_bytes() for path in home.rglob("*") if path.is_file()}
    shutil.rmtree(home)
    shutil.copytree(before, home)
    disk = Disk(home)
    for call in run.calls:
        disk.replay(call)
    replayed = disk.now()
    assert {name: data for name, data in replayed.items() if "/run/" not in name} == {
        name: data for name, data in really.items() if "/run/" not in name
    }
    return run


def cut(run: Run, look: Callable[[Made, bool], object], tmp_path: Path, *, honest: bool = True) -> set[object]:
    """Have the power fail at many places of a run, look at each disk that may be found; returns what was seen.

    `look` is told whether the run had said by then what it says at its end.
    """
    home, chance, seen = run.made.place.home, random.Random(20261201), set()
    disk = Disk(home, honest=honest)
    steps = [disk.replay(call) for call in run.calls]
    changing = [at for at, changed in enumerate(steps) if changed]
    wanted = set(changing if len(changing) <= MOST_CUTS else chance.sample(changing, MOST_CUTS)) | {
        changing[0],
        changing[-1],
    }
    disk = Disk(home, honest=honest)
    for at, call in enumerate(run.calls):
        disk.replay(call)
        if at in wanted:
            for kept in LIKELIHOODS:
                copy = tmp_path / "cut"
                shutil.copytree(run.before, copy)
                disk.after_a_cut(copy, chance, kept)
                seen.add(look(Made(Place(copy), run.made.region, run.made.key), at == changing[-1]))
                shutil.rmtree(copy)
    return seen


def sound(path: Path) -> bool:
    """Whether a database is whole; a hot journal is rolled back by looking."""
    with closing(sqlite3.connect(path)) as connection:
        return bool(connection.execute("PRAGMA integrity_check").fetchone() == ("ok",))


def numbers(made: Made, seeds: Seeds = SEEDS) -> frozenset[int]:
    """The numbers on the list, each record opened; the file is sound."""
    assert sound(made.place.summaries)
    listing = list_records(made.place, seeds)
    assert not listing.apart
    return frozenset(row.number for row in listing.rows)


@pytest.fixture
def made(tmp_path: Path) -> Made:
    made = made_at(tmp_path / "kiosk")
    for _ in range(4):
        made.keep()
    return made


def told_a_number(made: Made, number: int) -> None:
    (made.place.home / "number").write_text(str(number))


@pytest.mark.tool("strace")
def test_a_save(made: Made, tmp_path: Path) -> None:
    """P8, E10: after a cut at any place of a save the record is there whole or not at all, and there once it was said
    to be kept; a disk that lies about flushing is found out by the same look.
    """
    number = made.number()
    told_a_number(made, number)
    before = numbers(made)
    run = recorded("kept", made, tmp_path)

    def look(found: Made, said: bool) -> object:
        now = numbers(found)
        assert now in (before, before | {number})
        assert number in now or not said
        return number in now

    assert cut(run, look, tmp_path) == {True, False}
    with pytest.raises((AssertionError, sqlite3.DatabaseError)):
        cut(run, look, tmp_path, honest=False)


@pytest.mark.tool("strace")
def test_the_ledgers(made: Made, tmp_path: Path) -> None:
    """E10: ledgers that are made and written in one go are whole, empty or not there; a sheet that may be printed is in
    them, and they can be written again.
    """
    run = recorded("entered", made, tmp_path)

    def look(found: Made, said: bool) -> object:
        path = found.place.ledgers
        sheets = set(Ledgers(path).sheets()) if path.exists() and path.stat().st_size else set()
        assert run.said in sheets or not said
        assert sheets <= {run.said}
        powered.entered(found.place.home)
        assert sound(path)
        return len(sheets)

    assert cut(run, look, tmp_path) == {0, 1}


@pytest.mark.tool("strace")
def test_a_rotation(made: Made, tmp_path: Path) -> None:
    """F7, E10: after a cut at any place of a rotation one of the two passphrases opens every record, and the same
    command run again comes to its end.
    """
    storage.FileStore(made.place.provider_key).put(wrap(SEED, OLD_WORDS, CHEAP))
    before = numbers(made)
    run = recorded("turned", made, tmp_path)

    def look(found: Made, said: bool) -> object:
        new = rotated(found.place)
        words = NEW_WORDS if new else OLD_WORDS
        assert numbers(found, rotation_file.beside(found.place, unwrap(storage.stored(found.place), words))) == before
        assert new or not said
        if len(seen) % 30 == 7:  # a rotation takes its time
            powered.turned(found.place.home)
            assert numbers(found, Seeds(NEWER)) == before and rotated(found.place)
        seen.append(new)
        return new

    seen: list[bool] = []
    assert cut(run, look, tmp_path) == {True, False}


@pytest.mark.tool("strace")
def test_an_import(made: Made, tmp_path: Path) -> None:
    """E10: after a cut at any place of an import, and of the rebuilding that follows, all of it is there or nothing."""
    (tmp_path / "elsewhere").mkdir()
    other = made_at(tmp_path / "elsewhere" / "kiosk")
    made.region, other.key = made.region.deal("back", SEEDS)
    made.region.write(made.place.desk_toml, SEED)
    other.key.write(other.place.station_key, replace=True)
    theirs = frozenset(other.keep() for _ in range(3))
    export_all(tmp_path / "stick", other.place, other.key.number_key)
    before = numbers(made)
    run = recorded("imported", made, tmp_path)

    def look(found: Made, said: bool) -> object:
        now = numbers(found)
        assert now in (before, before | theirs)
        assert theirs <= now or not said
        return len(now)

    assert cut(run, look, tmp_path) == {len(before), len(before) + len(theirs)}


@pytest.mark.tool("strace")
def test_a_removal(made: Made, tmp_path: Path) -> None:
    """E10: after a cut at any place of a removal the desk reads its ledger, the record stands or is gone for good, and
    the same removal comes to its end.
    """
    number = min(numbers(made))
    told_a_number(made, number)
    before = numbers(made)
    run = recorded("removed", made, tmp_path)

    def look(found: Made, said: bool) -> object:
        here = made_in(found.place.home)
        now = numbers(here)
        assert now in (before, before - {number})
        assert number not in now or not said
        RemovalLedger.read(here.place, SEEDS, here.region)
        if len(seen) % 30 == 7:  # a list takes its time
            here.remove(number)
            assert numbers(here) == before - {number}
        seen.append(now)
        return number in now

    seen: list[frozenset[int]] = []
    assert cut(run, look, tmp_path) == {True, False}
