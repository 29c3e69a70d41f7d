"""The SQL that prepares a region's database: its tables, who may do what in it, and what its server keeps to itself."""

from __future__ import annotations

from typing import Final

from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.schema import CreateTable

from kiosk.news.edition import LONGEST
from kiosk.vault.postgres.unseen import unseen
from kiosk.vault.removal_list import LENGTH
from kiosk.vault.store import RETIRED, SUMMARIES

STATION: Final = "kiosk_station"
"""The role of stations: they add rows of their own and ask after those, and can do nothing else."""
PROVIDER: Final = "kiosk_provider"
"""The role of the desk: it may remove, and seal again, too."""
SETTINGS: Final = {
    "log_statement": "none",
    "log_min_messages": "fatal",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_transaction_sample_rate": "0",
    "log_duration": "off",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "debug_print_parse": "off",
    "debug_print_rewritten": "off",
    "debug_print_plan": "off",
    "synchronous_commit": "on",
}
"""Settings of the database: its log holds no statement, no value and no time of a save; a commit lasts."""

_HEAD: Final = """\
-- Prepares an empty database for a region of kiosks. Run it in that database as a superuser:
--     psql --single-transaction --set ON_ERROR_STOP=1 --dbname kiosk --file prepare.sql
-- It may be run again. What it cannot set, and how each station gets a user: docs/provider.md, A region on PostgreSQL.
"""
_REMOVALS: Final = f"""\

-- The provider's last removal list, and what stations say to the desk: how far they followed it, what they doubt.
CREATE TABLE IF NOT EXISTS removal_list (
    serial BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (serial),
    CONSTRAINT list_length CHECK (length(body) = {LENGTH})
);
CREATE TABLE IF NOT EXISTS station_says (
    mac BYTEA NOT NULL,
    about BIGINT NOT NULL,
    PRIMARY KEY (mac),
    CONSTRAINT says_length CHECK (length(mac) = 32)
);

-- The newest edition of news of each provider of the area.
CREATE TABLE IF NOT EXISTS news (
    region TEXT NOT NULL,
    serial BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (region),
    CONSTRAINT news_length CHECK (length(body) <= {LONGEST})
);"""
_OWNERS: Final = """\

-- Each row belongs to the login that added it: under one number there may be one of each.
ALTER TABLE sealed_summary ADD COLUMN IF NOT EXISTS owner OID NOT NULL DEFAULT 0;
ALTER TABLE retired ADD COLUMN IF NOT EXISTS owner OID NOT NULL DEFAULT 0;
DO $$ BEGIN
    IF (SELECT array_length(conkey, 1) FROM pg_constraint
        WHERE conrelid = 'sealed_summary'::regclass AND contype = 'p') = 1 THEN
        ALTER TABLE sealed_summary DROP CONSTRAINT sealed_summary_pkey, ADD PRIMARY KEY (number, owner);
        ALTER TABLE retired DROP CONSTRAINT retired_pkey, ADD PRIMARY KEY (tag, owner);
    END IF;
END $$;

-- All that a station may do: add rows of its own, and ask after exactly those. It learns nothing of another's.
-- The settings have each row looked up by its key: a plan that reads the whole table would do so for every batch.
CREATE OR REPLACE FUNCTION kiosk_add(numbers int4[], records bytea[], macs bytea[], tags bytea[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET jit = off SET work_mem = '32MB' SET enable_hashjoin = off SET enable_mergejoin = off AS $$
    INSERT INTO public.sealed_summary (number, sealed, mac, owner)
    SELECT t.number, t.record, t.mac, me.oid
    FROM unnest(numbers, records, macs, tags) AS t (number, record, mac, tag), pg_roles AS me
    WHERE me.rolname = session_user
        AND NOT EXISTS (SELECT FROM public.retired AS r WHERE r.tag = t.tag AND r.owner = me.oid)
    ORDER BY t.number
    ON CONFLICT DO NOTHING
$$;
CREATE OR REPLACE FUNCTION kiosk_state(numbers int4[], digests bytea[], macs bytea[], tags bytea[]) RETURNS int4[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET jit = off SET work_mem = '32MB' SET enable_hashjoin = off SET enable_mergejoin = off AS $$
    SELECT array_agg(
        CASE
            WHEN s.number IS NOT NULL AND (t.mac = '' OR s.mac = t.mac) AND sha256(s.sealed) = t.digest THEN 1
            WHEN s.number IS NOT NULL THEN 2
            WHEN EXISTS (SELECT FROM public.retired AS r WHERE r.tag = t.tag AND r.owner = me.oid) THEN 2
            ELSE 0
        END ORDER BY t.place)
    FROM pg_roles AS me
    CROSS JOIN unnest(numbers, digests, macs, tags) WITH ORDINALITY AS t (number, digest, mac, tag, place)
    LEFT JOIN public.sealed_summary AS s ON s.number = t.number AND s.owner = me.oid
    WHERE me.rolname = session_user
$$;
REVOKE ALL ON FUNCTION kiosk_add, kiosk_state FROM PUBLIC;"""
_ROLE: Final = """\
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN CREATE ROLE {role} NOLOGIN; END IF;
END $$;
"""
_GRANTS: Final = """\
REVOKE ALL ON sealed_summary, retired, removal_list, station_says, news FROM PUBLIC, {station}, {provider};
GRANT EXECUTE ON FUNCTION kiosk_add, kiosk_state TO {station}, {provider};
GRANT SELECT ON removal_list, news TO {station};
GRANT INSERT ON station_says TO {station};
GRANT SELECT, INSERT, UPDATE, DELETE ON sealed_summary TO {provider};
GRANT SELECT, INSERT ON retired TO {provider};
GRANT SELECT, INSERT, DELETE ON removal_list TO {provider};
GRANT SELECT, DELETE ON station_says TO {provider};
GRANT SELECT, INSERT, UPDATE ON news TO {provider};
"""
_DATABASE: Final = """\
DO $$
DECLARE
    this text := quote_ident(current_database());
BEGIN
    EXECUTE 'REVOKE ALL ON DATABASE ' || this || ' FROM PUBLIC';
    EXECUTE 'GRANT CONNECT ON DATABASE ' || this || ' TO {station}, {provider}';
{settings}
END $$;
"""


def script() -> str:
    """The whole of it: run by `psql` as a superuser, as often as one likes."""
    names = {"station": STATION, "provider": PROVIDER}
    settings = "\n".join(
        f"    EXECUTE 'ALTER DATABASE ' || this || ' SET {name} = ''{value}''';" for name, value in SETTINGS.items()
    )
    parts = [
        _HEAD,
        "-- The tables, as the kiosk's own file has them.",
        *(_table(table) for table in (SUMMARIES, RETIRED)),
        _REMOVALS,
        _OWNERS,
        "\n-- Who may do what.",
        *(_ROLE.format(role=role) for role in names.values()),
        _GRANTS.format(**names),
        "-- What the server keeps to itself. PostgreSQL only: leave it out on another engine.",
        _DATABASE.format(**names, settings=settings),
        unseen(),
    ]
    return "\n".join(parts) + "\n"


def _table(table: object) -> str:
    made = str(CreateTable(table, if_not_exists=True).compile(dialect=PGDialect_psycopg()))  # type: ignore[arg-type, no-untyped-call]
    return "\n".join(line.rstrip().replace("\t", "    ") for line in made.strip().splitlines()) + ";"
