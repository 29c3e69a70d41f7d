"""All that a station's login can do with records in a region: add its own, and ask after exactly those.

Each row belongs to the login that added it. So no station sees, meets or takes the place of another one's row, and an
answer never tells whether another station has a number. The functions are in `prepare.sql`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from enum import IntEnum
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


def states(connection: psycopg.Connection, rows: Sequence[Row], number_key: bytes) -> list[State]:
    """The state of each row, in their order. Sends digests: a record goes over the line once, when it is added."""
    asked = (
        [row.number for row in rows],
        [hashlib.sha256(row.sealed).digest() for row in rows],
        [row.mac for row in rows],
        [retired_tag(row.number, number_key) for row in rows],
    )
    found = connection.execute(_STATE, asked, binary=True).fetchall()[0][0]
    return [State(each) for each in found or ()]


def add(connection: psycopg.Connection, rows: Sequence[Row], number_key: bytes) -> None:
    """Add rows, sorted by number; under a number that this login has already, nothing happens. Nothing is told."""
    told = (
        [row.number for row in rows],
        [row.sealed for row in rows],
        [row.mac for row in rows],
        [retired_tag(row.number, number_key) for row in rows],
    )
    connection.execute(_ADD, told, binary=True)
