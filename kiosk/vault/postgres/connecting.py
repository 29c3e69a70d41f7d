"""Connections to a region: each one new, none kept, no parameter ever printed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.errors import KioskError
from kiosk.vault.postgres import driver
from kiosk.vault.postgres.address import Address
from kiosk.vault.postgres.faults import fault_for

if TYPE_CHECKING:
    import psycopg

OLDEST = 150_000
"""The oldest server that is taken, as it numbers itself: PostgreSQL 15."""


class OldServer(KioskError):
    """The server is older than PostgreSQL 15."""

    hint = "Move the region to PostgreSQL 15 or newer."


def connect(address: Address, home: Path, **also: Any) -> psycopg.Connection:
    """A new connection. Raises psycopg.Error, NoDriver or OldServer; `also` is told to libpq beside the address."""
    driver.check()
    import psycopg

    connection = psycopg.connect("", prepare_threshold=None, **{**address.settings(home), **also})
    if connection.info.server_version < OLDEST and not connection.info.parameter_status("crdb_version"):
        connection.close()
        raise OldServer("The region's server is older than PostgreSQL 15.")
    return connection


@contextmanager
def faults() -> Iterator[None]:
    """Turn whatever the server or its driver raises into a RegionFault without a value."""
    import psycopg

    try:
        yield
    except psycopg.Error as error:
        raise fault_for(error) from None
