"""What PostgreSQL tells every login of other connections and of how much they write, taken from stations' users."""

from __future__ import annotations

from typing import Final

SEEN: Final = {
    "v": (
        "pg_stat_.*|pg_statio_.*|pg_stats.*|pg_locks|pg_prepared_xacts|pg_replication_.*|pg_shmem_allocations|"
        "pg_backend_memory_contexts"
    ),
    "f": (
        "pg_stat_.*|pg_lock_status|pg_blocking_pids|pg_safe_snapshot_blocking_pids|pg_isolation_test_session_is_blocked|"
        "pg_prepared_xact|pg_(cancel|terminate)_backend|pg_current_(snapshot|xact_id.*|wal_.*)|pg_export_snapshot|"
        "txid_.*|pg_xact_status|pg_last_.*|pg_(relation|table|total_relation|indexes|database|tablespace)_size|"
        "pg_notification_queue_usage|pg_get_replication_slots|pg_show_replication_origin_status|"
        "lo_(creat|create|from_bytea|import)"
    ),
}
"""Views (`v`) and functions (`f`) of PostgreSQL itself that tell of other connections or of how much others write: who
is there, locks, counters, transaction numbers, places in the write-ahead log, sizes. Regular expressions of names."""
GUESSED: Final = ("relpages", "reltuples", "relallvisible", "relallfrozen", "relfrozenxid", "relminmxid")
"""Columns of `pg_class` that tell how many rows a table has, whoever may read it."""
_UNSEEN: Final = """\
-- A station's user sees nobody else: not who is connected, not what is locked, not how much others write.
DO $$
DECLARE
    name text;
BEGIN
    FOR name IN SELECT oid::regclass FROM pg_class WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind = 'v'
        AND relname ~ '^({v})$'
    LOOP
        EXECUTE 'REVOKE ALL ON ' || name || ' FROM PUBLIC';
    END LOOP;
    FOR name IN SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND prokind = 'f'
        AND proname ~ '^({f})$'
    LOOP
        EXECUTE 'REVOKE ALL ON FUNCTION ' || name || ' FROM PUBLIC';
    END LOOP;
    REVOKE ALL ON pg_class FROM PUBLIC;
    SELECT string_agg(quote_ident(attname), ', ') INTO name FROM pg_attribute
    WHERE attrelid = 'pg_class'::regclass AND attnum > 0
        AND attname NOT IN ({guessed});
    EXECUTE 'GRANT SELECT (' || name || ') ON pg_class TO PUBLIC';
END $$;"""


def unseen() -> str:
    """The SQL that takes it from everybody but a superuser, in one database."""
    return _UNSEEN.format(**SEEN, guessed=", ".join(f"'{each}'" for each in GUESSED))
