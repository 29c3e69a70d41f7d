"""All that a station's login can do with records in a region: add its own, and ask after exactly those.

Each row belongs to the login that added it. So no station sees, meets or takes the place of another one's row, and an
answer never tells whether another station has a number. The functions are in `prepare.sql`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from enum import IntEnum
from itertools import compress
from typing import TYPE_CHECKING, Final, NamedTuple

from kiosk.vault.numbers import retired_tag

if TYPE_CHECKING:
    import psycopg

_ADD: Final = "SELECT kiosk_add(%b::int4[], %b::bytea[], %b::bytea[], %b::bytea[])"
_STATE: Final = "SELECT kiosk_state(%b::int4[], %b::bytea[], %b::bytea[], %b::bytea[])"


class State(IntEnum):
    """What this login has under a number."""

    NOTHING = 0
    KEPT = 1
    """Exactly this record."""
    OTHER = 2
    """Another record of its own, or one that was removed."""


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
    found = connection.execute(_STATE, (numbers, batch.digests, macs, batch.tags), binary=True).fetchall()[0][0]
    return [State(each) for each in found or ()]


def add(connection: psycopg.Connection, batch: Batch) -> None:
    """Add rows; under a number that this login has already, nothing happens. Nothing is told."""
    numbers, records, macs = zip(*batch.rows, strict=True)
    connection.execute(_ADD, (list(numbers), list(records), list(macs), batch.tags), binary=True)
