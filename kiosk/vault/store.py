"""Sealed records on disk, as the desk has them: read, removed and changed, many at once.

How one is appended is `kiosk.vault.appending`, which a clerk has alone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from sqlalchemy import Connection, Engine, bindparam, create_engine, delete, event, insert, select
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.pool import NullPool
from sqlmodel import SQLModel

from kiosk.seal.wire import Reason
from kiosk.vault.appending import Appender, mac_of
from kiosk.vault.faults import StoreFault, reason_for
from kiosk.vault.migrations import connect
from kiosk.vault.numbers import removed_bit
from schema.tables import Obeyed, Removed, Retired, SealedSummary

__all__ = ["BATCH", "OBEYED", "REMOVED", "RETIRED", "SUMMARIES", "Store", "StoredRow", "engine_for", "mac_of"]

SUMMARIES: Final = SQLModel.metadata.tables[str(SealedSummary.__tablename__)]
"""The table of sealed records."""
REMOVED: Final = SQLModel.metadata.tables[str(Removed.__tablename__)]
"""The map of removed numbers."""
OBEYED: Final = SQLModel.metadata.tables[str(Obeyed.__tablename__)]
"""How far the provider's removal lists were followed."""
RETIRED: Final = SQLModel.metadata.tables[str(Retired.__tablename__)]
"""A region's table of removed numbers' tags."""
BATCH: Final = 2_000
"""Rows that are read at once where all of them are wanted in turn."""
_AVOID: Final = insert(REMOVED).prefix_with("OR IGNORE")
_REMOVE: Final = delete(SUMMARIES).where(SUMMARIES.c.number == bindparam("wanted"))


class StoredRow(NamedTuple):
    """A row as it lies on disk; nobody has checked it yet."""

    number: int
    untrusted_sealed: bytes
    untrusted_mac: bytes


def engine_for(path: Path, *, write: bool = True) -> Engine:
    """An engine whose every connection is new, has the PRAGMAs, begins at once, and prints no parameter."""
    engine = create_engine(
        "sqlite://", creator=lambda: connect(path, write=write), poolclass=NullPool, hide_parameters=True
    )
    if write:

        @event.listens_for(engine, "begin")
        def begin_immediate(connection: Connection) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def remove_from(connection: Connection, numbers: Collection[int], number_key: bytes) -> int:
    """Remove records and set their places in the map; returns how many records there were."""
    for bit in sorted({removed_bit(number, number_key) for number in numbers}):
        connection.execute(_AVOID, {"bit": bit})
    return sum(connection.execute(_REMOVE, {"wanted": number}).rowcount for number in numbers)


class Store(Appender):
    """The sealed records at `path`. Methods raise StoreFault, which names a reason and no value."""

    def __init__(self, path: Path, number_key: bytes) -> None:
        super().__init__(path, number_key)
        self._writing = engine_for(path)
        self._reading = engine_for(path, write=False)

    def rows(self) -> list[StoredRow]:
        """Every row, by number, at once: a reader that lingers would keep the clerks waiting."""
        with self._faults(), self._reading.connect() as connection:
            found = connection.execute(select(SUMMARIES).order_by(SUMMARIES.c.number))
            return [StoredRow(*row) for row in found]

    def by_number(self) -> Iterator[StoredRow]:
        """Every row in turn, by number, some thousand at a time: for a list too long to hold, and no clerk waits."""
        after = 0
        while True:
            wanted = select(SUMMARIES).where(SUMMARIES.c.number > after).order_by(SUMMARIES.c.number).limit(BATCH)
            with self._faults(), self._reading.connect() as connection:
                rows = [StoredRow(*row) for row in connection.execute(wanted)]
            if not rows:
                return
            yield from rows
            after = rows[-1].number

    def numbers(self) -> set[int]:
        """The numbers of all rows."""
        with self._faults(), self._reading.connect() as connection:
            return set(connection.execute(select(SUMMARIES.c.number)).scalars())

    def obeyed(self) -> tuple[int, int]:
        """The serial of the last removal list that was obeyed, and how many lists were refused."""
        with self._faults(), self._reading.connect() as connection:
            row = connection.execute(select(OBEYED.c.serial, OBEYED.c.refused)).one()
            return int(row[0]), int(row[1])

    @contextmanager
    def changing(self) -> Iterator[Connection]:
        """One transaction over many rows: all of it or, when the block raises, nothing."""
        with self._faults(), self._writing.begin() as connection:
            yield connection

    def retire(self, numbers: Sequence[int]) -> int:
        """Remove records for good; returns how many there were. Rebuild the file afterwards (`kiosk.vault.rebuild`)."""
        with self.changing() as connection:
            return remove_from(connection, numbers, self._number_key)

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            with super()._faults():
                yield
        except DBAPIError as error:
            raise StoreFault(self._reason(error.orig)) from None
        except StatementError:
            raise StoreFault(Reason.REFUSED) from None

    def _reason(self, error: BaseException | None) -> Reason:
        return reason_for(error, self._path) if isinstance(error, (sqlite3.Error, OSError)) else Reason.OTHER
