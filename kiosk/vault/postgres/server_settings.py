"""What a region's server says of its settings, of a station's user and of the connection; nothing is changed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.vault.postgres.connecting import connect, faults
from kiosk.vault.postgres.unseen import SEEN

if TYPE_CHECKING:
    from kiosk.vault.postgres.address import Address

TABLES: Final = ("sealed_summary", "retired", "removal_list", "station_says", "news")
"""The tables of a region."""
RIGHTS: Final = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
"""What a user may be allowed to do with a table (PostgreSQL, 5.8)."""

_SETTINGS: Final = "SELECT name, setting FROM pg_settings"
_RIGHTS: Final = """
SELECT r || ' ' || t FROM unnest(%s::text[]) AS r, unnest(%s::text[]) AS t
WHERE to_regclass(t) IS NOT NULL AND has_table_privilege(to_regclass(t), r)"""
_POWERS: Final = """
SELECT power FROM pg_roles, LATERAL (VALUES
    ('superuser', rolsuper), ('create roles', rolcreaterole), ('create databases', rolcreatedb),
    ('replication', rolreplication), ('past row security', rolbypassrls),
    ('create schemas', has_database_privilege(current_database(), 'CREATE'))
) AS has (power, there) WHERE rolname = current_user AND there"""
_SEES: Final = """
SELECT relname FROM pg_class WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind = 'v'
    AND relname ~ %s AND has_table_privilege(oid, 'SELECT')
UNION ALL SELECT DISTINCT proname FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND prokind = 'f'
    AND proname ~ %s AND has_function_privilege(oid, 'EXECUTE')"""


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen by the user that the region's URL names."""

    settings: dict[str, str]
    """Settings by name, as they hold for this user in this database; empty settings are off."""
    rights: frozenset[str]
    """Rights to the region's tables, as `DELETE retired`."""
    powers: tuple[str, ...]
    """What the user could do beyond them."""
    encrypted: bool
    """Whether the connection is."""
    sees: tuple[str, ...]
    """Views and functions by which the user sees other connections, or how much others write."""


def look(address: Address, home: Path) -> Look:
    """Connect once, and ask. Raises RegionFault, NoDriver or OldServer."""
    with faults(), connect(address, home) as connection:
        return Look(
            {str(name): str(value or "off") for name, value in connection.execute(_SETTINGS)},
            frozenset(str(row[0]) for row in connection.execute(_RIGHTS, (list(RIGHTS), list(TABLES)))),
            tuple(str(row[0]) for row in connection.execute(_POWERS)),
            connection.pgconn.ssl_in_use,
            tuple(str(row[0]) for row in connection.execute(_SEES, [f"^({SEEN[kind]})$" for kind in "vf"])),
        )
