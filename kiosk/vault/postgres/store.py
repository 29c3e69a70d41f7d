"""Sealed records in a region: appended by a role that can change and remove nothing, read back before "kept" (P8)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Connection, Engine, bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from kiosk.seal.sealed import SealedRecord
from kiosk.seal.wire import Reason
from kiosk.vault.faults import NumberTaken
from kiosk.vault.numbers import retired_tag
from kiosk.vault.postgres.engine import faults
from kiosk.vault.postgres.faults import RegionFault
from kiosk.vault.store import RETIRED, SUMMARIES, StoredRow

TRIES: Final = 4
"""How often a transaction is begun that the server undoes because of another one."""

# A clash is no error of the server's: an error could be logged, and its line would hold the number and the time.
_INSERT: Final = insert(SUMMARIES).on_conflict_do_nothing().returning(SUMMARIES.c.number)
_RETIRE: Final = insert(RETIRED).on_conflict_do_nothing()
_FIND: Final = select(SUMMARIES.c.sealed, SUMMARIES.c.mac).where(SUMMARIES.c.number == bindparam("wanted"))
_FIND_RETIRED: Final = select(RETIRED.c.tag).where(RETIRED.c.tag == bindparam("wanted"))


class RegionStore:
    """The sealed records of a region. Methods raise RegionFault, which names a reason and no value."""

    def __init__(self, engine: Engine, number_key: bytes) -> None:
        self._engine = engine
        self._number_key = number_key

    def taken(self, number: int) -> bool:
        """Whether a record has this number, or once had it."""
        with faults(), self._engine.connect() as connection:
            return self._found(connection, number) is not None or self._is_retired(connection, number)

    def append(self, number: int, sealed: SealedRecord, mac: bytes, *, earlier: Collection[SealedRecord] = ()) -> None:
        """Commit one record and read it back on a new connection. Raises NumberTaken or RegionFault.

        `earlier` is what the same sitting tried to keep under the number when nobody could say whether it was. If
        one of it is there it cannot be replaced, for this role removes nothing: its number is retired instead, so
        that it is on no list, and counts as taken.
        """
        fault = self._insert(number, sealed, mac, earlier)
        try:
            with faults(), self._engine.connect() as connection:
                found = self._found(connection, number)
        except RegionFault as silent:
            raise RegionFault(Reason.OTHER, type(silent).__name__) from None
        if found != (sealed, mac):
            raise fault or RegionFault(Reason.OTHER, "ReadBack")

    def rows(self) -> list[StoredRow]:
        """Every row by number, but those whose number is retired: who could not remove them could retire them."""
        with faults(), self._engine.connect() as connection:
            tags = set(connection.execute(select(RETIRED.c.tag)).scalars())
            found = connection.execute(select(SUMMARIES).order_by(SUMMARIES.c.number))
            rows = (StoredRow(*row) for row in found)
            return [row for row in rows if not tags or retired_tag(row.number, self._number_key) not in tags]

    def numbers(self) -> set[int]:
        """The numbers of all rows, those that are retired among them."""
        with faults(), self._engine.connect() as connection:
            return set(connection.execute(select(SUMMARIES.c.number)).scalars())

    def retired_tags(self) -> list[bytes]:
        """The tags of all removed numbers, in order."""
        with faults(), self._engine.connect() as connection:
            return list(connection.execute(select(RETIRED.c.tag).order_by(RETIRED.c.tag)).scalars())

    @contextmanager
    def changing(self) -> Iterator[Connection]:
        """One transaction over many rows, for the role that may: all of it or, when the block raises, nothing."""
        with faults(), self._engine.begin() as connection:
            yield connection

    def retire(self, numbers: Sequence[int]) -> int:
        """Remove records for good, as a role that may; returns how many there were."""
        with faults(), self._engine.begin() as connection:
            for number in numbers:
                connection.execute(_RETIRE, {"tag": retired_tag(number, self._number_key)})
            return int(connection.execute(delete(SUMMARIES).where(SUMMARIES.c.number.in_(numbers))).rowcount)

    def _insert(
        self, number: int, sealed: SealedRecord, mac: bytes, earlier: Collection[SealedRecord]
    ) -> RegionFault | None:
        """Insert in one transaction. Returns what went wrong with its commit, of which nobody knows the outcome."""
        for left in reversed(range(TRIES)):
            try:
                return self._try_insert(number, sealed, mac, earlier)
            except RegionFault as fault:
                if not (fault.retry and left):
                    raise
        raise AssertionError

    def _try_insert(
        self, number: int, sealed: SealedRecord, mac: bytes, earlier: Collection[SealedRecord]
    ) -> RegionFault | None:
        with faults(), self._engine.connect() as connection:
            free = self._put(connection, number, sealed, mac, earlier)
            try:
                with faults():
                    connection.commit()
            except RegionFault as fault:
                if fault.retry:
                    raise
                return RegionFault(Reason.OTHER, "Commit")
        if not free:
            raise NumberTaken("The number is taken, or was given once before.")
        return None

    def _put(
        self, connection: Connection, number: int, sealed: SealedRecord, mac: bytes, earlier: Collection[SealedRecord]
    ) -> bool:
        """Say the inserts; says whether the number is this record's."""
        if self._is_retired(connection, number):
            return False
        if connection.execute(_INSERT, {"number": number, "sealed": sealed, "mac": mac}).one_or_none():
            return True
        found = self._found(connection, number)
        if found == (sealed, mac):
            return True
        if found and found[0] in earlier:
            connection.execute(_RETIRE, {"tag": retired_tag(number, self._number_key)})
        return False

    def _found(self, connection: Connection, number: int) -> tuple[bytes, bytes] | None:
        row = connection.execute(_FIND, {"wanted": number}).one_or_none()
        return None if row is None else (row[0], row[1])

    def _is_retired(self, connection: Connection, number: int) -> bool:
        tag = retired_tag(number, self._number_key)
        return connection.execute(_FIND_RETIRED, {"wanted": tag}).one_or_none() is not None
