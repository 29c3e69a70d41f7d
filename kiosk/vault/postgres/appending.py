"""What a clerk does in a region: appends by a role that changes and removes nothing, reads back before "kept" (P8)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from kiosk.seal.sealed import SealedRecord
from kiosk.seal.wire import Reason
from kiosk.vault import statements
from kiosk.vault.faults import NumberTaken
from kiosk.vault.postgres import calls, driver
from kiosk.vault.postgres.calls import Batch, Row, State
from kiosk.vault.postgres.connecting import faults
from kiosk.vault.postgres.faults import RegionFault

if TYPE_CHECKING:
    import psycopg

TRIES: Final = 4
"""How often a transaction is begun that the server undoes because of another one."""


class RegionAppender:
    """Appends to the sealed records of a region. Methods raise RegionFault, which names a reason and no value."""

    def __init__(self, connect: Callable[[], psycopg.Connection], number_key: bytes) -> None:
        """`connect` gives a new connection each time. Raises NoDriver."""
        driver.check()
        self._connect = connect
        self._number_key = number_key

    def taken(self, number: int) -> bool:
        """Whether a record of this login has this number, or once had it."""
        with self._connected() as connection:
            return self._state(connection, Row(number, b"", b"")) is State.OTHER

    def append(
        self,
        number: int,
        sealed: SealedRecord,
        mac: bytes,
        *,
        earlier: Collection[SealedRecord] = (),
        doubt: bytes = b"",
    ) -> None:
        """Commit one record and read it back on a new connection. Raises NumberTaken or RegionFault.

        `earlier` is what the same sitting tried to keep under the number when nobody could say whether it was. If
        one of it is there it cannot be replaced, for this role removes nothing: the desk is told by `doubt`, under the
        station's secret, and removes it before it lists anything; here the number counts as taken.
        """
        if not isinstance(sealed, SealedRecord):
            raise RegionFault(Reason.REFUSED, "NotSealed")
        row = Row(number, bytes(sealed), mac)
        fault = self._insert(row, earlier, doubt)
        try:
            with self._connected() as connection:
                found = self._state(connection, row)
        except RegionFault as silent:
            raise RegionFault(Reason.OTHER, type(silent).__name__) from None
        if found is not State.KEPT:
            raise fault or RegionFault(Reason.OTHER, "ReadBack")

    def _insert(self, row: Row, earlier: Collection[SealedRecord], doubt: bytes) -> RegionFault | None:
        """Insert in one transaction. Returns what went wrong with its commit, of which nobody knows the outcome."""
        for left in reversed(range(TRIES)):
            try:
                return self._try_insert(row, earlier, doubt)
            except RegionFault as fault:
                if not (fault.retry and left):
                    raise
        raise AssertionError

    def _try_insert(self, row: Row, earlier: Collection[SealedRecord], doubt: bytes) -> RegionFault | None:
        with self._connected() as connection:
            before = self._state(connection, row)
            if before is State.NOTHING:
                calls.add(connection, Batch.of([row], self._number_key))
            elif before is State.OTHER and self._is_doubtful(connection, row.number, earlier):
                connection.execute(statements.REGION_SAY, {"mac": doubt, "about": row.number})
            try:
                with faults():
                    connection.commit()
            except RegionFault as fault:
                if fault.retry:
                    raise
                return RegionFault(Reason.OTHER, "Commit")
        if before is State.OTHER:
            raise NumberTaken("The number is taken, or was given once before.")
        return None

    def _is_doubtful(self, connection: psycopg.Connection, number: int, earlier: Collection[SealedRecord]) -> bool:
        """Whether what lies under the number is what this sitting tried to keep before."""
        tried = [Row(number, bytes(each), b"") for each in earlier]
        return bool(tried) and State.KEPT in calls.states(connection, Batch.of(tried, self._number_key))

    def _state(self, connection: psycopg.Connection, row: Row) -> State:
        return calls.states(connection, Batch.of([row], self._number_key))[0]

    @contextmanager
    def _connected(self) -> Iterator[psycopg.Connection]:
        """A new connection; what was not committed at the end is undone."""
        with faults():
            connection = self._connect()
            try:
                yield connection
                connection.rollback()
            finally:
                connection.close()
