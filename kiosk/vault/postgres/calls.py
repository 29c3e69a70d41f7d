"""All that a station's login can do with records in a region: add its own, and ask after exactly those.

Each row belongs to the login that added it. So no station sees, meets or takes the place of another one's row, and an
answer never tells whether another station has a number. The functions are in `prepare.sql`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from enum import IntEnum
from functools import cache
from itertools import compress
from typing import TYPE_CHECKING, Final, NamedTuple

from kiosk.vault.numbers import retired_tag
from kiosk.vault.postgres.arrays import Array, ints, strings

if TYPE_CHECKING:
    import psycopg
    from psycopg.adapt import Dumper

_ADD: Final = "SELECT kiosk_add(%b::int4[], %b::bytea[], %b::bytea[], %b::bytea[])"
_STATE: Final = "SELECT kiosk_state(%b::int4[], %b::bytea[], %b::bytea[], %b::bytea[])"


class State(IntEnum):
    """What this login has under a number."""

    NOTHING = 0
    KEPT = 1
    """Exactly this record."""
    OTHER = 2
    """Another record of its own, or one that was removed."""


_STATES: Final = tuple(State)


class Row(NamedTuple):
    """One record to add, or to ask after."""

    number: int
    sealed: bytes
    mac: bytes
    """Empty where only the sealed bytes are known."""


class Batch(NamedTuple):
    """Rows as they are sent, column by column, with what is worked out of them once."""

    rows: Sequence[Row]
    digests: Sequence[bytes]
    tags: Sequence[bytes]

    @classmethod
    def of(cls, rows: Sequence[Row], number_key: bytes) -> Batch:
        """Rows, sorted by number so that their order tells nothing."""
        digests = [hashlib.sha256(row.sealed).digest() for row in rows]
        return cls(rows, digests, [retired_tag(row.number, number_key) for row in rows])

    def where(self, wanted: Sequence[bool]) -> Batch:
        """Those rows of the batch that are wanted."""
        if all(wanted):
            return self
        columns = (list(compress(column, wanted)) for column in (self.digests, self.tags))
        return Batch(list(compress(self.rows, wanted)), *columns)


def states(connection: psycopg.Connection, batch: Batch) -> list[State]:
    """The state of each row, in their order. Sends digests: a record goes over the line once, when it is added."""
    numbers, macs = [row.number for row in batch.rows], [row.mac for row in batch.rows]
    sent = (ints(numbers), strings(batch.digests), strings(macs), strings(batch.tags))
    found = _taking_arrays(connection).execute(_STATE, sent, binary=True).fetchall()[0][0]
    return [_STATES[each] for each in found or ()]


def add(connection: psycopg.Connection, batch: Batch) -> None:
    """Add rows; under a number that this login has already, nothing happens. Nothing is told."""
    numbers, records, macs = zip(*batch.rows, strict=True)
    sent = (ints(numbers), strings(records), strings(macs), strings(batch.tags))
    _taking_arrays(connection).execute(_ADD, sent, binary=True)


def _taking_arrays(connection: psycopg.Connection) -> psycopg.Connection:
    """The same connection, which now sends arrays that are packed already."""
    connection.adapters.register_dumper(Array, _dumper())
    return connection


@cache
def _dumper() -> type[Dumper]:
    from psycopg.adapt import Dumper
    from psycopg.pq import Format

    class ArrayDumper(Dumper):
        """Sends the bytes as they are; the type is the one that the statement asks for."""

        format = Format.BINARY

        def dump(self, obj: Array) -> bytes:
            return obj

    return ArrayDumper
