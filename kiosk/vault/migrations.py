"""The database's versions: how it is made, and how an older one becomes today's."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final
from urllib.parse import quote

from kiosk.errors import KioskError, Refused
from kiosk.vault.private_file import AlreadyThere, flush_folder

APPLICATION_ID: Final = 0x4B535231
"""What `PRAGMA application_id` says of a kiosk's database ("KSR1")."""

Steps = tuple[tuple[str, ...], ...]
"""Statements that take a database from version to version."""

STEPS: Final[Steps] = (
    (
        """CREATE TABLE sealed_summary (
            number INTEGER NOT NULL PRIMARY KEY,
            sealed BLOB NOT NULL,
            mac BLOB NOT NULL,
            CONSTRAINT number_range CHECK (number BETWEEN 10000000 AND 99999999),
            CONSTRAINT sealed_length CHECK (length(sealed) IN (548, 4900)),
            CONSTRAINT sealed_magic CHECK (substr(sealed, 1, 4) = x'4b535231'),
            CONSTRAINT mac_length CHECK (length(mac) = 32)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE retired (
            tag BLOB NOT NULL PRIMARY KEY,
            CONSTRAINT tag_length CHECK (length(tag) = 32)
        ) STRICT, WITHOUT ROWID""",
    ),
    (
        # The map that draws avoid: half of its places are set at random, so that a set one proves nothing.
        """CREATE TABLE removed (
            bit INTEGER NOT NULL PRIMARY KEY,
            CONSTRAINT removed_bit CHECK (bit BETWEEN 0 AND 16383)
        ) STRICT, WITHOUT ROWID""",
        """WITH RECURSIVE every (bit) AS (SELECT 0 UNION ALL SELECT bit + 1 FROM every WHERE bit < 16383)
        INSERT INTO removed SELECT bit FROM every WHERE random() < 0""",
        # The first 14 bits of each tag: four hexadecimal digits, less two bits.
        """INSERT OR IGNORE INTO removed SELECT (
            (instr('123456789ABCDEF', substr(hex(tag), 1, 1)) << 12)
            | (instr('123456789ABCDEF', substr(hex(tag), 2, 1)) << 8)
            | (instr('123456789ABCDEF', substr(hex(tag), 3, 1)) << 4) | instr('123456789ABCDEF', substr(hex(tag), 4, 1))
        ) >> 2 FROM retired""",
        "DROP TABLE retired",
        """CREATE TABLE obeyed (
            place INTEGER NOT NULL PRIMARY KEY,
            serial INTEGER NOT NULL,
            refused INTEGER NOT NULL,
            CONSTRAINT obeyed_place CHECK (place = 0),
            CONSTRAINT obeyed_serial CHECK (serial >= 0),
            CONSTRAINT obeyed_refused CHECK (refused >= 0)
        ) STRICT, WITHOUT ROWID""",
        "INSERT INTO obeyed VALUES (0, 0, 0)",
    ),
)
"""Step `i` takes a database from version `i` to `i + 1`; a step that was released never changes."""

PRAGMAS: Final = (
    "journal_mode=TRUNCATE",
    "synchronous=EXTRA",
    "secure_delete=ON",
    "temp_store=MEMORY",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
)
"""Said on every new connection that may write."""
BUSY_SECONDS: Final = 10.0
"""How long a writer waits for another."""


class ForeignDatabase(Refused):
    """A database of another program."""

    hint = "Move the file away; the kiosk never writes into another program's database."


class NewerDatabase(Refused):
    """A database of a later version of this program."""

    hint = "Install the version of kiosk that made it, or a later one."


def connect(path: Path, *, write: bool = True) -> sqlite3.Connection:
    """Open an existing database with all the PRAGMAs; never makes one. Raises sqlite3.Error."""
    # A reader may write too, but only what SQLite itself has to: a writer that was killed leaves a journal, and
    # nobody who opened the file read-only could take its half-done work back.
    connection = sqlite3.connect(
        f"file:{quote(str(path))}?mode=rw", uri=True, timeout=BUSY_SECONDS, isolation_level=None
    )
    try:
        for pragma in PRAGMAS if write else ("query_only=ON",):
            connection.execute(f"PRAGMA {pragma}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def create(path: Path, steps: Steps = STEPS, application: int = APPLICATION_ID) -> None:
    """Make an empty database of today's version, 0600. Raises AlreadyThere or KioskError."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600))
    except FileExistsError:
        raise AlreadyThere(f"{path.name} is already there.") from None
    except OSError as error:
        raise KioskError(f"{path.name} cannot be made ({error.strerror}).") from None
    upgrade(path, steps, application)
    flush_folder(path.parent)


def upgrade(path: Path, steps: Steps = STEPS, application: int = APPLICATION_ID) -> int:
    """Take a database to today's version in one transaction; returns the version.

    Raises ForeignDatabase, NewerDatabase, or KioskError with the name of SQLite's error alone.
    """
    try:
        with closing(connect(path)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            _upgrade(connection, steps, application)
            connection.execute("COMMIT")
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", type(error).__name__)
        raise KioskError(f"{path.name} could not be brought to today's version ({name}).") from None
    return len(steps)


def _upgrade(connection: sqlite3.Connection, steps: Steps, application: int) -> None:
    found = identity(connection)
    version = recognise(*found, newest=len(steps), ours=application)
    for step in steps[version:]:
        for statement in step:
            connection.execute(statement)
    connection.execute(f"PRAGMA application_id={application}")
    connection.execute(f"PRAGMA user_version={len(steps)}")


def identity(connection: sqlite3.Connection) -> tuple[int, int, int]:
    """A database's application_id, user_version and number of tables."""
    application: int = connection.execute("PRAGMA application_id").fetchone()[0]
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    tables: int = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    return application, version, tables


def recognise(
    application: int, version: int, tables: int, *, newest: int = len(STEPS), ours: int = APPLICATION_ID
) -> int:
    """The version to upgrade from. Raises ForeignDatabase or NewerDatabase."""
    if application != ours and (tables or application or version):
        raise ForeignDatabase("The database belongs to another program.")
    if version > newest:
        raise NewerDatabase("The database was made by a later version of kiosk.")
    return version
