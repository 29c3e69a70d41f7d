"""Connections to a region: each one new, none kept, no parameter ever printed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.pool import NullPool

from kiosk.errors import KioskError
from kiosk.seal.wire import Reason
from kiosk.vault.postgres import driver
from kiosk.vault.postgres.address import Address
from kiosk.vault.postgres.faults import RegionFault, fault_for

if TYPE_CHECKING:
    import psycopg

OLDEST = 150_000
"""The oldest server that is taken, as it numbers itself: PostgreSQL 15."""


class OldServer(KioskError):
    """The server is older than PostgreSQL 15."""

    hint = "Move the region to PostgreSQL 15 or newer."


class FamilyDialect(PGDialect_psycopg):
    """PostgreSQL and engines that speak like it, whatever they call themselves."""

    supports_statement_cache = True

    def _get_server_version_info(self, connection: Connection) -> tuple[int, ...]:
        """An engine that names no version of PostgreSQL is taken as 15, which is what it is spoken to as."""
        try:
            return tuple(super()._get_server_version_info(connection))  # type: ignore[no-untyped-call]
        except AssertionError:
            return (15,)


registry.register("postgresql.kiosk", __name__, FamilyDialect.__name__)


def connect(address: Address, home: Path, **also: Any) -> psycopg.Connection:
    """A new connection. Raises psycopg.Error, NoDriver or OldServer; `also` is told to libpq beside the address."""
    driver.check()
    import psycopg

    connection = psycopg.connect("", prepare_threshold=None, **{**address.settings(home), **also})
    if connection.info.server_version < OLDEST and not connection.info.parameter_status("crdb_version"):
        connection.close()
        raise OldServer("The region's server is older than PostgreSQL 15.")
    return connection


def engine_for(address: Address, home: Path, **also: Any) -> Engine:
    """An engine whose every connection is new, and whose errors hold no parameter."""
    driver.check()
    return create_engine(
        "postgresql+kiosk://",
        creator=lambda: connect(address, home, **also),
        poolclass=NullPool,
        hide_parameters=True,
        use_native_hstore=False,
    )


@contextmanager
def faults() -> Iterator[None]:
    """Turn whatever the server or the driver raises into a RegionFault without a value."""
    import psycopg

    try:
        yield
    except psycopg.Error as error:
        raise fault_for(error) from None
    except DBAPIError as error:
        if isinstance(error.orig, psycopg.Error):
            raise fault_for(error.orig) from None
        raise RegionFault(Reason.OTHER, type(error).__name__) from None
    except StatementError:
        raise RegionFault(Reason.REFUSED, "StatementError") from None
