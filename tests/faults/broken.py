"""What can be wrong with a station's files, each with the status that a start then ends with."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from kiosk.errors import ExitCode
from tests.faults import station

REFUSED, ENVIRONMENT = ExitCode.REFUSED, ExitCode.ENVIRONMENT


def write(name: str, data: bytes) -> Callable[[Path], None]:
    """A file holds something else."""

    def done(home: Path) -> None:
        (home / name).write_bytes(data)

    return done


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
    "database without its table": (sql("DROP TABLE removed"), ENVIRONMENT),
    "database with another column": (sql("ALTER TABLE removed ADD COLUMN name TEXT"), ENVIRONMENT),
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
