"""SQLAlchemy on a region's connections, for the desk: each one new, none kept, no parameter ever printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.pool import NullPool

from kiosk.seal.wire import Reason
from kiosk.vault.postgres import connecting
from kiosk.vault.postgres.faults import RegionFault, fault_for

if TYPE_CHECKING:
    import psycopg


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


def engine_for(connect: Callable[[], psycopg.Connection]) -> Engine:
    """An engine whose every connection is new, and whose errors hold no parameter."""
    return create_engine(
        "postgresql+kiosk://", creator=connect, poolclass=NullPool, hide_parameters=True, use_native_hstore=False
    )


@contextmanager
def faults() -> Iterator[None]:
    """Turn whatever the server, the driver or SQLAlchemy raises into a RegionFault without a value."""
    import psycopg

    try:
        with connecting.faults():
            yield
    except DBAPIError as error:
        if isinstance(error.orig, psycopg.Error):
            raise fault_for(error.orig) from None
        raise RegionFault(Reason.OTHER, type(error).__name__) from None
    except StatementError:
        raise RegionFault(Reason.REFUSED, "StatementError") from None
