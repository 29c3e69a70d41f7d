-- Writes both tables anew, by number, in one transaction: afterwards neither the order of rows nor their transaction
-- numbers tell which came first, and the files have no remains of removed ones (P7). Saves wait for it meanwhile.
-- Run it in the region's database once a day, at a quiet hour, as the tables' owner or a superuser:
--     psql --quiet --set ON_ERROR_STOP=1 --dbname kiosk --file tidy.sql
BEGIN;
LOCK TABLE sealed_summary, retired IN ACCESS EXCLUSIVE MODE;
CREATE TEMPORARY TABLE kept ON COMMIT DROP AS SELECT number, sealed, mac, owner FROM sealed_summary;
CREATE TEMPORARY TABLE tags ON COMMIT DROP AS SELECT tag, owner FROM retired;
TRUNCATE sealed_summary, retired;
INSERT INTO sealed_summary (number, sealed, mac, owner)
    SELECT number, sealed, mac, owner FROM kept ORDER BY number, owner;
INSERT INTO retired (tag, owner) SELECT tag, owner FROM tags ORDER BY tag, owner;
COMMIT;
