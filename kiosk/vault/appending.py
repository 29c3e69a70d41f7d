"""What a clerk does with the sealed records on disk: appends one, reads it back before anybody says "kept" (P8).

The standard library only: `kiosk.vault.store` adds to it what the desk does, and what needs SQLModel.
"""

from __future__ import annotations

import hmac
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from kiosk.seal.sealed import SealedRecord
from kiosk.seal.wire import Reason
from kiosk.vault import statements
from kiosk.vault.faults import NumberTaken, StoreFault, reason_for
from kiosk.vault.file_times import blur_times
from kiosk.vault.migrations import connect
from kiosk.vault.numbers import removed_bit


def mac_of(station_secret: bytes, number: int, sealed: bytes) -> bytes:
    """HMAC-SHA256 under the station's secret over number (four bytes, big end first) and sealed bytes."""
    return hmac.digest(station_secret, number.to_bytes(4, "big") + sealed, "sha256")


def doubt_mac(station_secret: bytes, number: int) -> bytes:
    """What says, under a station's secret, that nobody was told a record under this number was kept."""
    return hmac.digest(station_secret, b"kiosk station doubts" + number.to_bytes(4, "big"), "sha256")


@contextmanager
def transaction(path: Path) -> Iterator[sqlite3.Connection]:
    """A new connection with one transaction that holds the file from its beginning: all of it or nothing."""
    with closing(connect(path)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")
        finally:
            connection.rollback()


class Appender:
    """Appends to the sealed records at `path`. Methods raise StoreFault, which names a reason and no value."""

    def __init__(self, path: Path, number_key: bytes) -> None:
        self._path = path
        self._number_key = number_key

    def taken(self, number: int) -> bool:
        """Whether a record has this number, or it is one that is not dealt: so every removed one, and half of all."""
        with self._faults(), closing(connect(self._path, write=False)) as connection:
            return self._found(connection, number) is not None or self._is_avoided(connection, number)

    def append(
        self,
        number: int,
        sealed: SealedRecord,
        mac: bytes,
        *,
        earlier: Collection[SealedRecord] = (),
        doubt: bytes = b"",
    ) -> None:
        """Commit one record and read it back on a new connection. Raises NumberTaken or StoreFault.

        `earlier` is what the same sitting tried to keep under the number when nobody could say whether it
        was: if one of it is there, `sealed` takes its place, and nobody has to be told of the `doubt`.
        """
        if not isinstance(sealed, SealedRecord):
            raise StoreFault(Reason.REFUSED)
        with self._faults(), transaction(self._path) as connection:
            self._make_room(connection, number, (sealed, *earlier))
            connection.execute(statements.INSERT, (number, bytes(sealed), mac))
        with self._faults(), closing(connect(self._path, write=False)) as connection:
            if self._found(connection, number) != (sealed, mac):
                raise StoreFault(Reason.DAMAGED)
        blur_times(self._path)

    def _make_room(self, connection: sqlite3.Connection, number: int, welcome: Collection[bytes]) -> None:
        """See that nothing lies under the number; what is `welcome` there makes room. Raises NumberTaken."""
        found = self._found(connection, number)
        if self._is_avoided(connection, number) or (found and found[0] not in welcome):
            raise NumberTaken("The number is taken, or was given once before.")
        if found:
            connection.execute(statements.REMOVE, (number,))

    def _found(self, connection: sqlite3.Connection, number: int) -> tuple[bytes, bytes] | None:
        row: tuple[bytes, bytes] | None = connection.execute(statements.FIND, (number,)).fetchone()
        return row

    def _is_avoided(self, connection: sqlite3.Connection, number: int) -> bool:
        bit = removed_bit(number, self._number_key)
        return connection.execute(statements.FIND_REMOVED, (bit,)).fetchone() is not None

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise StoreFault(reason_for(error, self._path)) from None
        except MemoryError:
            raise StoreFault(Reason.OTHER) from None
