"""Whether the order of records inside the file tells when they came (P7)."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from kiosk.vault.migrations import connect

_COUNTERS: Final = ((24, 28), (40, 44), (92, 100))
"""Bytes of the header that count changes or name SQLite's version (sqlite.org/fileformat2.html, 1.3)."""


def order_tells(path: Path) -> bool:
    """Whether the file differs in any byte from what a rebuild of it would be.

    A rebuild writes the rows in the order of their random keys, so its bytes follow from the set of rows
    alone. Looks in memory, writes nothing. Raises sqlite3.Error or OSError.
    """
    with closing(connect(path, write=False)) as connection, closing(sqlite3.connect(":memory:")) as memory:
        connection.backup(memory)
        memory.execute("VACUUM")
        rebuilt = memory.serialize()
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        found = path.read_bytes()
    return _without_counters(rebuilt) != _without_counters(found)


def _without_counters(data: bytes) -> bytes:
    kept = bytearray(data)
    for start, end in _COUNTERS:
        kept[start:end] = bytes(end - start)
    return bytes(kept)
