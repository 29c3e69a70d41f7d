"""Which reason a failed save has, told from SQLite's error code; never from its words, which may hold values."""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path
from typing import Final

from kiosk.errors import KioskError
from kiosk.seal.wire import Reason

SPACE_NEEDED: Final = 1024 * 1024
"""Bytes that have to be free for a save: a page or two, their journal, and room for the host to breathe."""

_REASONS: Final = {
    sqlite3.SQLITE_FULL: Reason.FULL,
    sqlite3.SQLITE_READONLY: Reason.READ_ONLY,
    sqlite3.SQLITE_PERM: Reason.READ_ONLY,
    sqlite3.SQLITE_CORRUPT: Reason.DAMAGED,
    sqlite3.SQLITE_NOTADB: Reason.DAMAGED,
    sqlite3.SQLITE_ERROR: Reason.DAMAGED,
    sqlite3.SQLITE_BUSY: Reason.BUSY,
    sqlite3.SQLITE_LOCKED: Reason.BUSY,
    sqlite3.SQLITE_CONSTRAINT: Reason.REFUSED,
    sqlite3.SQLITE_MISMATCH: Reason.REFUSED,
}
_SENTENCES: Final = {
    Reason.FULL: "The disk is full.",
    Reason.READ_ONLY: "The database cannot be written to.",
    Reason.DAMAGED: "The database is damaged or gone.",
    Reason.BUSY: "The database was busy for too long.",
    Reason.REFUSED: "The database refused the record.",
    Reason.OTHER: "The database failed.",
}


class StoreFault(KioskError):
    """A save, a read or a removal failed; nothing that was kept is lost."""

    hint = "Run `kiosk doctor`; try again once the disk and the database are in order."

    def __init__(self, reason: Reason) -> None:
        super().__init__(_SENTENCES[reason])
        self.reason = reason
        """Why, as the clerk's line says it."""


class NumberTaken(KioskError):
    """A record already has this number, or had it once."""

    hint = "Draw another number."


def free_bytes(path: Path) -> int:
    """Bytes that this user may still write where `path` lies; 0 when nobody can say."""
    try:
        room = os.statvfs(path.parent)
    except OSError:
        return 0
    return room.f_bavail * room.f_frsize


def reason_for(error: sqlite3.Error | OSError, path: Path) -> Reason:
    """The wire reason of a failure on the database at `path`."""
    if isinstance(error, OSError):
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        return Reason.FULL if full else Reason.OTHER
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_CANTOPEN:
        return _not_opened(path)
    if code == sqlite3.SQLITE_IOERR and free_bytes(path) < SPACE_NEEDED:
        return Reason.FULL
    return _REASONS.get(code, Reason.OTHER)


def _not_opened(path: Path) -> Reason:
    if not path.is_file():
        return Reason.DAMAGED
    writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    return Reason.OTHER if writable else Reason.READ_ONLY
