"""Whether the database can serve before a visitor is let in; the standard library only, and quick."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import ClassVar

from kiosk.errors import ExitCode, KioskError
from kiosk.seal.wire import Reason
from kiosk.vault.faults import SPACE_NEEDED, free_bytes, reason_for
from kiosk.vault.migrations import APPLICATION_ID, STEPS, connect, identity, recognise, upgrade

_TABLES = {
    "sealed_summary": {"number", "sealed", "mac"},
    "removed": {"bit"},
    "obeyed": {"place", "serial", "refused"},
}


class DatabaseMissing(KioskError):
    """There is no database."""

    hint = "Put it back from its backup, or run `kiosk setup` if there never was one."


class DatabaseDamaged(KioskError):
    """The file is no database, is cut short, or its pages are broken."""

    hint = "Move the file away and put it back from its backup; the kiosk never overwrites it."


class DatabaseReadOnly(KioskError):
    """Nothing can be written to the database."""

    hint = "Look whether the disk is mounted read-only, and who owns the data folder."


class DatabaseOpen(KioskError):
    """The file is a link, no plain file, another user's, or open to others."""

    hint = "Put a plain file of this user's own there and `chmod 600` it."
    exit_code: ClassVar[ExitCode] = ExitCode.REFUSED


class DiskFull(KioskError):
    """The disk has no room for a save."""

    hint = "Make room on the disk that holds the data folder."


class DatabaseUnusable(KioskError):
    """The database fails in another way."""

    hint = "Run `kiosk doctor`."


def check(path: Path) -> None:
    """See that records can be kept at `path`.

    Raises DatabaseMissing, DatabaseOpen, DatabaseDamaged, ForeignDatabase, NewerDatabase, DatabaseReadOnly,
    DiskFull or DatabaseUnusable. A database that is busy is a healthy one.
    """
    _check_file(path)
    if free_bytes(path) < SPACE_NEEDED:
        raise DiskFull("The disk that holds the database is full.")
    try:
        _renew(path)
        with closing(connect(path)) as connection:
            connection.execute("BEGIN")
            _check_content(connection)
            _check_size(connection, path)
            connection.execute("ROLLBACK")
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
    except sqlite3.Error as error:
        _raise_for(error, path)


def _check_file(path: Path) -> None:
    try:
        found = path.lstat()
    except FileNotFoundError:
        raise DatabaseMissing(f"The database {path.name} is missing.") from None
    except OSError as error:
        raise DatabaseUnusable(f"The database {path.name} cannot be reached ({error.strerror}).") from None
    if not stat.S_ISREG(found.st_mode):
        raise DatabaseOpen(f"{path.name} is a link or no plain file.")
    if found.st_uid != os.geteuid():
        raise DatabaseOpen(f"{path.name} belongs to somebody else.")
    if found.st_mode & 0o077:
        raise DatabaseOpen(f"{path.name} is open to others (mode {stat.S_IMODE(found.st_mode):04o}).")
    if not (os.access(path, os.R_OK | os.W_OK) and os.access(path.parent, os.W_OK)):
        raise DatabaseReadOnly(f"{path.name} or its folder cannot be written to.")
    if not found.st_size:
        raise DatabaseDamaged(f"{path.name} is empty.")


def _renew(path: Path) -> None:
    """Bring a whole database of an older version of this program to today's."""
    with closing(connect(path, write=False)) as connection:
        application, version, _ = identity(connection)
    if application == APPLICATION_ID and 0 < version < len(STEPS):
        upgrade(path)


def _check_content(connection: sqlite3.Connection) -> None:
    version = recognise(*identity(connection))
    if version != len(STEPS):
        raise DatabaseDamaged("The database has no version of this program.")
    for table, wanted in _TABLES.items():
        columns = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
        if columns != wanted:
            raise DatabaseDamaged(f"The table {table} is missing or has other columns.")
    if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise DatabaseDamaged("The database's pages are broken.")


def _check_size(connection: sqlite3.Connection, path: Path) -> None:
    """SQLite reads a last page that was cut short as if it ended in zeros."""
    pages, size = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    if path.stat().st_size != pages * size:
        raise DatabaseDamaged(f"{path.name} is cut short.")


def _raise_for(error: sqlite3.Error, path: Path) -> None:
    reason = reason_for(error, path)
    if reason is Reason.BUSY:
        return
    if reason is Reason.DAMAGED:
        raise DatabaseDamaged(f"{path.name} is damaged.") from None
    if reason is Reason.READ_ONLY:
        raise DatabaseReadOnly(f"{path.name} cannot be written to.") from None
    if reason is Reason.FULL:
        raise DiskFull("The disk that holds the database is full.") from None
    name = getattr(error, "sqlite_errorname", type(error).__name__)
    raise DatabaseUnusable(f"{path.name} cannot be used ({name}).") from None
