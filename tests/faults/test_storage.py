"""Storage that is not as it must be: said before a visitor is let in, or told to her in plain words; nothing is lost."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.errors import ExitCode
from tests.faults import station
from tests.faults.rounds import FAILED
from tests.faults.visitor import HOME, Visitor, number_in
from tests.faults.world import FULL, READ_ONLY, Disk

REFUSED, ENVIRONMENT = ExitCode.REFUSED, ExitCode.ENVIRONMENT


def write(name: str, data: bytes) -> Callable[[Path], None]:
    """A file holds something else."""
    return lambda home: (home / name).write_bytes(data) and None


def remove(name: str) -> Callable[[Path], None]:
    """It is gone."""
    return lambda home: (home / name).unlink()


def open_to_others(name: str) -> Callable[[Path], None]:
    """Others may read it."""
    return lambda home: (home / name).chmod(0o644 if (home / name).is_file() else 0o755)


def link(name: str) -> Callable[[Path], None]:
    """A link to the very same file stands in its place."""

    def act(home: Path) -> None:
        moved = home.parent / f"moved-{Path(name).name}"
        (home / name).rename(moved)
        (home / name).symlink_to(moved)

    return act


def pipe(name: str) -> Callable[[Path], None]:
    """Something that blocks whoever opens it stands in its place."""

    def act(home: Path) -> None:
        (home / name).unlink()
        os.mkfifo(home / name, 0o600)

    return act


def sql(*statements: str) -> Callable[[Path], None]:
    def act(home: Path) -> None:
        with closing(sqlite3.connect(home / "summaries.db")) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()

    return act


def torn(place: int, length: int) -> Callable[[Path], None]:
    """A part of the database is overwritten, as by a broken disk."""

    def act(home: Path) -> None:
        with open(home / "summaries.db", "r+b") as file:
            file.seek(place)
            file.write(b"\xa5" * length)

    return act


def cut(size: int) -> Callable[[Path], None]:
    """Only the beginning of the database is left."""
    return lambda home: os.truncate(home / "summaries.db", size)


def settings(old: str, new: str) -> Callable[[Path], None]:
    def act(home: Path) -> None:
        file = home / "station.toml"
        assert old in file.read_text()
        file.write_text(file.read_text().replace(old, new))

    return act


PACK = f"packs/{station.SHORT}/pack.toml"
AT_START: dict[str, tuple[Callable[[Path], None], ExitCode]] = {
    "database missing": (remove("summaries.db"), ENVIRONMENT),
    "database empty": (write("summaries.db", b""), ENVIRONMENT),
    "database no database": (write("summaries.db", b"Dear diary, " * 999), ENVIRONMENT),
    "database of another program": (sql("PRAGMA application_id=7"), REFUSED),
    "database of a later version": (sql("PRAGMA user_version=99"), REFUSED),
    "database without its table": (sql("DROP TABLE retired"), ENVIRONMENT),
    "database with another column": (sql("ALTER TABLE retired ADD COLUMN name TEXT"), ENVIRONMENT),
    "database torn in its head": (torn(100, 64), ENVIRONMENT),
    "database torn in a page": (torn(4096, 512), ENVIRONMENT),
    "database cut off": (cut(5000), ENVIRONMENT),
    "database open to others": (open_to_others("summaries.db"), ENVIRONMENT),
    "database a link": (link("summaries.db"), ENVIRONMENT),
    "database a pipe": (pipe("summaries.db"), ENVIRONMENT),
    "settings no TOML": (write("station.toml", b"pack = = =\n"), ENVIRONMENT),
    "settings no text": (write("station.toml", b"\xff\xfe\x00"), ENVIRONMENT),
    "settings with an unknown key": (settings("pack", "pakc"), ENVIRONMENT),
    "settings with a wrong value": (settings('"advocate"', '"owner"'), ENVIRONMENT),
    "settings open to others": (open_to_others("station.toml"), ENVIRONMENT),
    "settings a link": (link("station.toml"), ENVIRONMENT),
    "settings a pipe": (pipe("station.toml"), ENVIRONMENT),
    "key missing": (remove("station.key"), ENVIRONMENT),
    "key empty": (write("station.key", b""), REFUSED),
    "key no key": (write("station.key", b"\x00" * 700), REFUSED),
    "key open to others": (open_to_others("station.key"), ENVIRONMENT),
    "key a link": (link("station.key"), ENVIRONMENT),
    "key a pipe": (pipe("station.key"), ENVIRONMENT),
    "pack missing": (settings(f'"{station.SHORT}"', '"nowhere"'), REFUSED),
    "pack broken": (write(PACK, b"id = [[\n"), REFUSED),
    "pack with an unknown key": (lambda home: write(PACK, b"name = 1\n" + (home / PACK).read_bytes())(home), REFUSED),
    "pack a link": (link(PACK), ENVIRONMENT),
    "folder open to others": (open_to_others("."), ENVIRONMENT),
}


def everything(home: Path) -> dict[str, tuple[int, str]]:
    """Every name below the folder, with its mode and what it holds."""
    found = {}
    for path in sorted(home.rglob("*")):
        mode = path.lstat().st_mode
        held = os.readlink(path) if stat.S_ISLNK(mode) else ""
        if stat.S_ISREG(mode):
            held = hashlib.sha256(path.read_bytes()).hexdigest()
        if not path.match("run/*") and path.name != "run":
            found[str(path.relative_to(home))] = (mode, held)
    return found


@pytest.mark.parametrize("fault", AT_START)
def test_said_before_a_visitor_is_let_in(fault: str, short: Path) -> None:
    """P8: storage, settings, keys or a pack that are not as they must be: a sentence, a hint, the right status.

    Nothing of the data folder is changed, and nobody sees a page.
    """
    breaks, code = AT_START[fault]
    breaks(short)
    before = everything(short)
    with Visitor(short, columns=300) as visitor:
        assert visitor.ended() == code
        said = visitor.screen_text()
        assert said.startswith("kiosk: ") and "Hint: " in said, said
        assert "Traceback" not in said and HOME not in said
    assert everything(short) == before


@pytest.mark.parametrize("start", ["folder a link", "folder missing"])
def test_the_folder_itself(start: str, short: Path, tmp_path: Path) -> None:
    """A data folder that is a link is refused; where there is none, set-up is offered and nothing is made by itself."""
    there = tmp_path / "there"
    if start == "folder a link":
        there.symlink_to(short)
        with Visitor(there, columns=300) as visitor:
            assert visitor.ended() == ENVIRONMENT
            assert "Hint: " in visitor.screen_text()
    else:
        done = station.run(there, "list")
        assert done.returncode == ENVIRONMENT and "Hint: " in done.stderr
        assert not there.exists()


@pytest.mark.tool("unshare")
@pytest.mark.parametrize(("prepare", "word"), [(FULL, "full"), (READ_ONLY, "written")], ids=["full", "read-only"])
def test_a_disk_that_takes_nothing(prepare: str, word: str, short: Path, tmp_path: Path) -> None:
    """P8: a full or read-only disk is said before a visitor is let in."""
    disk = Disk(short, tmp_path / "disk", prepare)
    with Visitor(tmp_path / "disk", before=disk.before, columns=300) as visitor:
        assert visitor.ended() == ENVIRONMENT
        said = visitor.screen_text()
        assert "kiosk: " in said and "Hint: " in said and word in said, said


@pytest.mark.tool("unshare")
@pytest.mark.parametrize("fault", ["full", "read-only"])
def test_she_is_told_and_may_try_again(fault: str, short: Path, desk: Path, tmp_path: Path) -> None:
    """P8: the disk takes nothing while she stands at the review page.

    She is told in plain words, no number is shown, she may try again; once there is room, Try again keeps it, once.
    """
    home = tmp_path / "disk"
    disk = Disk(short, home)
    with Visitor(home, before=disk.before) as visitor:
        visitor.home = short
        aside = visitor.go_to_review()
        if fault == "full":
            disk.fill(visitor)
        else:
            disk.protect(visitor)
        for _ in range(2):
            visitor.press("f10")
            visitor.wait_for(FAILED)
            visitor.wait_for(station.said("number-none"))
            assert number_in(visitor.screen_text()) == 0
            assert station.said("failed-full" if fault == "full" else "failed-disk")[:40] in visitor.screen_text()
            visitor.wait_for(station.said("try-again"))
        if fault == "full":
            disk.empty(visitor)
        else:
            disk.unprotect(visitor)
        kept = visitor.keep()
        shutil.copytree(disk.inside(visitor), tmp_path / "copy", ignore=shutil.ignore_patterns("run"))
        visitor.leave()
    (tmp_path / "copy" / "run").mkdir(mode=0o700)
    found = station.listed(tmp_path / "copy", desk)
    assert [row["number"] for row in found["rows"]] == [kept] and not found["apart"]
    assert aside and kept


@pytest.mark.tool("unshare")
def test_a_full_disk_never_says_kept(short: Path, desk: Path, tmp_path: Path) -> None:
    """P8: a save that failed and was left at that is not on the list: nothing was half stored."""
    home = tmp_path / "disk"
    disk = Disk(short, home)
    with Visitor(home, before=disk.before) as visitor:
        visitor.home = short
        visitor.go_to_review()
        disk.fill(visitor)
        visitor.press("f10")
        visitor.wait_for(FAILED)
        visitor.leave()
        disk.empty(visitor)
        shutil.copytree(disk.inside(visitor), tmp_path / "copy", ignore=shutil.ignore_patterns("run"))
    (tmp_path / "copy" / "run").mkdir(mode=0o700)
    found = station.listed(tmp_path / "copy", desk)
    assert found["rows"] == [] and found["apart"] == []
