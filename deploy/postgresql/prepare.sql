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

-- Who may do what.
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'kiosk_station') THEN CREATE ROLE kiosk_station NOLOGIN; END IF;
END $$;

DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'kiosk_provider') THEN CREATE ROLE kiosk_provider NOLOGIN; END IF;
END $$;

REVOKE ALL ON sealed_summary, retired, removal_list, station_says FROM PUBLIC, kiosk_station, kiosk_provider;
GRANT SELECT, INSERT ON sealed_summary TO kiosk_station;
GRANT SELECT ON retired, removal_list TO kiosk_station;
GRANT INSERT ON station_says TO kiosk_station;
GRANT SELECT, INSERT, UPDATE, DELETE ON sealed_summary TO kiosk_provider;
GRANT SELECT, INSERT ON retired TO kiosk_provider;
GRANT SELECT, INSERT, DELETE ON removal_list TO kiosk_provider;
GRANT SELECT, DELETE ON station_says TO kiosk_provider;

-- What the server keeps to itself. PostgreSQL only: leave it out on another engine.
DO $$
DECLARE
    this text := quote_ident(current_database());
BEGIN
    EXECUTE 'REVOKE ALL ON DATABASE ' || this || ' FROM PUBLIC';
    EXECUTE 'GRANT CONNECT, TEMPORARY ON DATABASE ' || this || ' TO kiosk_station, kiosk_provider';
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
    EXECUTE 'ALTER DATABASE ' || this || ' SET temp_buffers = ''64MB''';
END $$;
