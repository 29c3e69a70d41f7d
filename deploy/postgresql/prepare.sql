-- Prepares an empty database for a region of kiosks. Run it in that database as a superuser:
--     psql --single-transaction --set ON_ERROR_STOP=1 --dbname kiosk --file prepare.sql
-- It may be run again. What it cannot set, and how each station gets a user: docs/provider.md, A region on PostgreSQL.

-- The tables, as the kiosk's own file has them.
CREATE TABLE IF NOT EXISTS sealed_summary (
    number INTEGER NOT NULL,
    sealed BYTEA NOT NULL,
    mac BYTEA NOT NULL,
    PRIMARY KEY (number),
    CONSTRAINT number_range CHECK (number BETWEEN 10000000 AND 99999999),
    CONSTRAINT sealed_length CHECK (length(sealed) IN (548, 4900)),
    CONSTRAINT sealed_magic CHECK (substr(sealed, 1, 4) = '\x4b535231'),
    CONSTRAINT mac_length CHECK (length(mac) = 32)
);
CREATE TABLE IF NOT EXISTS retired (
    tag BYTEA NOT NULL,
    PRIMARY KEY (tag),
    CONSTRAINT tag_length CHECK (length(tag) = 32)
);

-- The provider's last removal list, and what stations say to the desk: how far they followed it, what they doubt.
CREATE TABLE IF NOT EXISTS removal_list (
    serial BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (serial),
    CONSTRAINT list_length CHECK (length(body) = 35008)
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
    CONSTRAINT news_length CHECK (length(body) <= 3145904)
);

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
REVOKE ALL ON FUNCTION kiosk_add, kiosk_state FROM PUBLIC;

-- Who may do what.
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'kiosk_station') THEN CREATE ROLE kiosk_station NOLOGIN; END IF;
END $$;

DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'kiosk_provider') THEN CREATE ROLE kiosk_provider NOLOGIN; END IF;
END $$;

REVOKE ALL ON sealed_summary, retired, removal_list, station_says, news FROM PUBLIC, kiosk_station, kiosk_provider;
GRANT EXECUTE ON FUNCTION kiosk_add, kiosk_state TO kiosk_station, kiosk_provider;
GRANT SELECT ON removal_list, news TO kiosk_station;
GRANT INSERT ON station_says TO kiosk_station;
GRANT SELECT, INSERT, UPDATE, DELETE ON sealed_summary TO kiosk_provider;
GRANT SELECT, INSERT ON retired TO kiosk_provider;
GRANT SELECT, INSERT, DELETE ON removal_list TO kiosk_provider;
GRANT SELECT, DELETE ON station_says TO kiosk_provider;
GRANT SELECT, INSERT, UPDATE ON news TO kiosk_provider;

-- What the server keeps to itself. PostgreSQL only: leave it out on another engine.
DO $$
DECLARE
    this text := quote_ident(current_database());
BEGIN
    EXECUTE 'REVOKE ALL ON DATABASE ' || this || ' FROM PUBLIC';
    EXECUTE 'GRANT CONNECT ON DATABASE ' || this || ' TO kiosk_station, kiosk_provider';
    EXECUTE 'ALTER DATABASE ' || this || ' SET log_statement = ''none''';
    EXECUTE 'ALTER DATABASE ' || this || ' SET log_min_messages = ''fatal''';
    EXECUTE 'ALTER DATABASE ' || this || ' SET log_min_error_statement = ''panic''';
    EXECUTE 'ALTER DATABASE ' || this || ' SET log_error_verbosity = ''terse''';
    EXECUTE 'ALTER DATABASE ' || this || ' SET log_min_duration_statement = ''-1''';
    EXECUTE 'ALTER DATABASE ' || this || ' SET log_min_duration_sample = ''-1''';
    EXECUTE 'ALTER DATABASE ' || this || ' SET log_transaction_sample_rate = ''0''';
    EXECUTE 'ALTER DATABASE ' || this || ' SET log_duration = ''off''';
    EXECUTE 'ALTER DATABASE ' || this || ' SET log_parameter_max_length = ''0''';
    EXECUTE 'ALTER DATABASE ' || this || ' SET log_parameter_max_length_on_error = ''0''';
    EXECUTE 'ALTER DATABASE ' || this || ' SET debug_print_parse = ''off''';
    EXECUTE 'ALTER DATABASE ' || this || ' SET debug_print_rewritten = ''off''';
    EXECUTE 'ALTER DATABASE ' || this || ' SET debug_print_plan = ''off''';
    EXECUTE 'ALTER DATABASE ' || this || ' SET synchronous_commit = ''on''';
END $$;

-- A station's user sees nobody else: not who is connected, not what is locked, not how much others write.
DO $$
DECLARE
    name text;
BEGIN
    FOR name IN SELECT oid::regclass FROM pg_class WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind = 'v'
        AND relname ~ '^(pg_stat_.*|pg_statio_.*|pg_stats.*|pg_locks|pg_prepared_xacts|pg_replication_.*|pg_shmem_allocations|pg_backend_memory_contexts)$'
    LOOP
        EXECUTE 'REVOKE ALL ON ' || name || ' FROM PUBLIC';
    END LOOP;
    FOR name IN SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND prokind = 'f'
        AND proname ~ '^(pg_stat_.*|pg_lock_status|pg_blocking_pids|pg_safe_snapshot_blocking_pids|pg_isolation_test_session_is_blocked|pg_prepared_xact|pg_(cancel|terminate)_backend|pg_current_(snapshot|xact_id.*|wal_.*)|pg_export_snapshot|txid_.*|pg_xact_status|pg_last_.*|pg_(relation|table|total_relation|indexes|database|tablespace)_size|pg_notification_queue_usage|pg_get_replication_slots|pg_show_replication_origin_status|lo_(creat|create|from_bytea|import))$'
    LOOP
        EXECUTE 'REVOKE ALL ON FUNCTION ' || name || ' FROM PUBLIC';
    END LOOP;
    REVOKE ALL ON pg_class FROM PUBLIC;
    SELECT string_agg(quote_ident(attname), ', ') INTO name FROM pg_attribute
    WHERE attrelid = 'pg_class'::regclass AND attnum > 0
        AND attname NOT IN ('relpages', 'reltuples', 'relallvisible', 'relallfrozen', 'relfrozenxid', 'relminmxid');
    EXECUTE 'GRANT SELECT (' || name || ') ON pg_class TO PUBLIC';
END $$;
