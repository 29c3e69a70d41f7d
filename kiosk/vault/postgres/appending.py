"""What a clerk does in a region: appends by a role that changes and removes nothing, reads back before "kept" (P8)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from kiosk.seal.sealed import SealedRecord
from kiosk.seal.wire import Reason
from kiosk.vault import statements
from kiosk.vault.faults import NumberTaken
from kiosk.vault.numbers import retired_tag
from kiosk.vault.postgres import driver
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
        """Whether a record has this number, or once had it."""
        with self._connected() as connection:
            return self._found(connection, number) is not None or self._is_retired(connection, number)

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
        fault = self._insert(number, sealed, mac, earlier, doubt)
        try:
            with self._connected() as connection:
                found = self._found(connection, number)
        except RegionFault as silent:
            raise RegionFault(Reason.OTHER, type(silent).__name__) from None
        if found != (sealed, mac):
            raise fault or RegionFault(Reason.OTHER, "ReadBack")

    def _insert(
        self, number: int, sealed: SealedRecord, mac: bytes, earlier: Collection[SealedRecord], doubt: bytes
    ) -> RegionFault | None:
        """Insert in one transaction. Returns what went wrong with its commit, of which nobody knows the outcome."""
        for left in reversed(range(TRIES)):
            try:
                return self._try_insert(number, sealed, mac, earlier, doubt)
            except RegionFault as fault:
                if not (fault.retry and left):
                    raise
        raise AssertionError

    def _try_insert(
        self, number: int, sealed: SealedRecord, mac: bytes, earlier: Collection[SealedRecord], doubt: bytes
    ) -> RegionFault | None:
        with self._connected() as connection:
            free = self._put(connection, number, sealed, mac, earlier, doubt)
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
        self,
        connection: psycopg.Connection,
        number: int,
        sealed: SealedRecord,
        mac: bytes,
        earlier: Collection[SealedRecord],
        doubt: bytes,
    ) -> bool:
        """Say the inserts; says whether the number is this record's."""
        if self._is_retired(connection, number):
            return False
        row = {"number": number, "sealed": bytes(sealed), "mac": mac}
        if connection.execute(statements.REGION_INSERT, row).fetchone():
            return True
        found = self._found(connection, number)
        if found == (sealed, mac):
            return True
        if found and found[0] in earlier:
            connection.execute(statements.REGION_SAY, {"mac": doubt, "about": number})
        return False

    def _found(self, connection: psycopg.Connection, number: int) -> tuple[bytes, bytes] | None:
        row = connection.execute(statements.REGION_FIND, {"wanted": number}).fetchone()
        return None if row is None else (row[0], row[1])

    def _is_retired(self, connection: psycopg.Connection, number: int) -> bool:
        tag = retired_tag(number, self._number_key)
        return connection.execute(statements.REGION_FIND_RETIRED, {"wanted": tag}).fetchone() is not None

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
