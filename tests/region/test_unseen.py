"""S20: a station's login sees no other connection, and not how much others write, whatever it reads of the server."""

from __future__ import annotations

import psycopg
import pytest
from psycopg import sql

from kiosk.vault.postgres.calls import Batch, Row, add
from tests.made_up import Made
from tests.postgres import Database
from tests.region.kiosks import sealed_for

pytestmark = pytest.mark.tool("postgres")

ASKED = (
    "SELECT * FROM pg_stat_activity",
    "SELECT * FROM pg_stat_get_activity(NULL)",
    "SELECT pg_stat_get_backend_userid(id) FROM pg_stat_get_backend_idset() AS id",
    "SELECT numbackends, xact_commit, tup_inserted FROM pg_stat_database",
    "SELECT pg_stat_get_db_numbackends(oid) FROM pg_database",
    "SELECT * FROM pg_locks",
    "SELECT * FROM pg_lock_status()",
    "SELECT pg_blocking_pids(pg_backend_pid())",
    "SELECT n_live_tup FROM pg_stat_all_tables",
    "SELECT pg_stat_get_live_tuples(0)",
    "SELECT * FROM pg_stat_ssl",
    "SELECT * FROM pg_stat_replication",
    "SELECT pg_current_snapshot()",
    "SELECT txid_current()",
    "SELECT pg_current_xact_id()",
    "SELECT pg_current_wal_insert_lsn()",
    "SELECT pg_export_snapshot()",
    "SELECT pg_total_relation_size('sealed_summary')",
    "SELECT pg_database_size(current_database())",
    "SELECT reltuples, relpages FROM pg_class",
    "SELECT xmin FROM pg_class",
    "SELECT pg_cancel_backend(1)",
    "SELECT lo_create(0)",
)
"""Every way that is known to us; each tells of others where PostgreSQL was left as it came."""

READABLE = """
SELECT n.nspname, c.relname, array_agg(a.attname ORDER BY a.attnum) FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0
WHERE n.nspname IN ('pg_catalog', 'information_schema') AND c.relkind IN ('r', 'v')
    AND has_column_privilege(c.oid, a.attnum, 'SELECT')
GROUP BY 1, 2 ORDER BY 1, 2"""
"""Everything of the server's own that a login may read, column by column."""


def everything(station: psycopg.Connection[tuple[object, ...]]) -> dict[str, list[str]]:
    """All that a login can read of the server, but its own settings."""
    found = {}
    readable: list[tuple[str, str, list[str]]] = station.execute(READABLE).fetchall()  # type: ignore[assignment]
    for schema, name, columns in readable:
        if name != "pg_settings":
            wanted = sql.SQL(", ").join(map(sql.Identifier, columns))
            rows = station.execute(sql.SQL("SELECT {} FROM {}").format(wanted, sql.Identifier(schema, name)))
            found[f"{schema}.{name}"] = sorted(map(repr, rows.fetchall()))
    return found


def test_what_tells_of_others_is_refused(region: Database) -> None:
    """P7, S20: refused to the station's login and to the desk's; a superuser, who gets an answer, is no station."""
    for user in (region.station, region.provider):
        with psycopg.connect(region.url(user), autocommit=True) as connection:
            for asked in ASKED:
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute(asked.encode())
    with region.superuser() as connection:
        for asked in ASKED:
            with connection.transaction(force_rollback=True):
                connection.execute(asked.encode())


def test_another_station_changes_nothing_that_is_seen(made: Made, region: Database) -> None:
    """P7, S20: another login comes, keeps records and holds its transaction open: of all that a station can read of the
    server nothing is otherwise than before.
    """
    number = made.number()
    sealed, mac = sealed_for(made, number)
    with psycopg.connect(region.url(), autocommit=True) as station:
        before = everything(station)
        assert len(before) > 60 and "pg_catalog.pg_class" in before
        with psycopg.connect(region.url(region.provider)) as other:
            add(other, Batch.of([Row(number, bytes(sealed), mac)], made.key.number_key))
            assert everything(station) == before
            other.commit()
            assert everything(station) == before
        with region.superuser() as connection:
            connection.execute("GRANT SELECT ON pg_stat_activity TO PUBLIC")
            connection.execute("GRANT EXECUTE ON FUNCTION pg_stat_get_activity TO PUBLIC")
        assert {name for name, rows in everything(station).items() if rows != before.get(name)} >= {
            "pg_catalog.pg_stat_activity"
        }
