"""Sealed records in a region, as the desk has them: read, removed and changed, many at once.

How one is appended is `kiosk.vault.postgres.appending`, which a clerk has alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, select, text

from kiosk.vault.numbers import retired_tag
from kiosk.vault.postgres.appending import RegionAppender
from kiosk.vault.postgres.engine import engine_for, faults
from kiosk.vault.store import RETIRED, SUMMARIES, StoredRow

if TYPE_CHECKING:
    import psycopg

_TAKE_OUT: Final = text("DELETE FROM sealed_summary WHERE number = ANY(:wanted) RETURNING number, owner")
_RETIRE: Final = text("INSERT INTO retired (tag, owner) VALUES (:tag, :owner) ON CONFLICT DO NOTHING")


_NEWS: Final = text(
    "INSERT INTO news AS kept (region, serial, body) VALUES (:region, :serial, :body) "
    "ON CONFLICT (region) DO UPDATE SET serial = excluded.serial, body = excluded.body "
    "WHERE kept.serial < excluded.serial"
)


class RegionStore(RegionAppender):
    """The sealed records of a region. Methods raise RegionFault, which names a reason and no value."""

    def __init__(self, connect: Callable[[], psycopg.Connection], number_key: bytes) -> None:
        """`connect` gives a new connection each time. Raises NoDriver."""
        super().__init__(connect, number_key)
        self._engine = engine_for(connect)

    def rows(self) -> list[StoredRow]:
        """Every row by number, but those whose number is retired. What two logins added alike is one row."""
        with faults(), self._engine.connect() as connection:
            tags = set(connection.execute(select(RETIRED.c.tag)).scalars())
            found = connection.execute(select(SUMMARIES).distinct().order_by(SUMMARIES.c.number))
            rows = (StoredRow(*row) for row in found)
            return [row for row in rows if not tags or retired_tag(row.number, self._number_key) not in tags]

    def numbers(self) -> set[int]:
        """The numbers of all rows, those that are retired among them."""
        with faults(), self._engine.connect() as connection:
            return set(connection.execute(select(SUMMARIES.c.number)).scalars())

    @contextmanager
    def changing(self) -> Iterator[Connection]:
        """One transaction over many rows, for the role that may: all of it or, when the block raises, nothing."""
        with faults(), self._engine.begin() as connection:
            yield connection

    def put_list(self, serial: int, raw: bytes) -> None:
        """Lay the provider's removal list out for the stations, in the place of the one before, as a role that may."""
        with faults(), self._engine.begin() as connection:
            connection.execute(text("DELETE FROM removal_list"))
            connection.execute(
                text("INSERT INTO removal_list (serial, body) VALUES (:serial, :body)"), {"serial": serial, "body": raw}
            )

    def put_news(self, region: str, serial: int, raw: bytes) -> None:
        """Lay an edition of news out for the stations, as a role that may; never an older one over a newer."""
        with faults(), self._engine.begin() as connection:
            connection.execute(_NEWS, {"region": region, "serial": serial, "body": raw})

    def said(self) -> list[tuple[bytes, int]]:
        """What stations say to the desk, by its MAC; nothing for a role that may not hear it."""
        with faults(), self._engine.connect() as connection:
            if not connection.execute(text("SELECT has_table_privilege('station_says', 'DELETE')")).scalar_one():
                return []
            return [(row[0], row[1]) for row in connection.execute(text("SELECT mac, about FROM station_says"))]

    def heard(self, macs: Sequence[bytes]) -> None:
        """Forget what stations said, once it was heard."""
        with faults(), self._engine.begin() as connection:
            for mac in macs:
                connection.execute(text("DELETE FROM station_says WHERE mac = :mac"), {"mac": mac})

    def retire(self, numbers: Sequence[int]) -> int:
        """Remove records for good, as a role that may; returns how many there were. No login adds them again."""
        with faults(), self._engine.begin() as connection:
            gone = connection.execute(_TAKE_OUT, {"wanted": list(numbers)}).all()
            for number, owner in gone:
                tag = retired_tag(number, self._number_key)
                connection.execute(_RETIRE, {"tag": tag, "owner": owner})
            return len({number for number, _ in gone})
