"""The SQL that an administrator runs: it is the one that is checked in, and does on a real server what it says."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from kiosk.vault.postgres.prepare import PROVIDER, SETTINGS, STATION, script
from tests.command_line import kiosk
from tests.made_up import Made
from tests.postgres import Database
from tests.region.kiosks import sealed_for, store_of

pytestmark = pytest.mark.tool("postgres")
DEPLOY = Path(__file__).resolve().parents[2] / "deploy" / "postgresql"


def test_the_file_is_what_the_program_prints(tmp_path: Path) -> None:
    """`deploy/postgresql/prepare.sql` and `kiosk sync --prepare` are one and the same, made from the models."""
    said = kiosk("sync", "--prepare", cwd=tmp_path)
    assert said.returncode == 0 and said.stdout == script() == (DEPLOY / "prepare.sql").read_text()


def test_it_may_be_run_again(made: Made, region: Database) -> None:
    """A second run changes nothing; every setting is in force for whoever connects, and none of them can undo it."""
    number = made.number()
    store = store_of(made, region.url())
    store.append(number, *sealed_for(made, number))
    with region.superuser() as connection:
        connection.execute(script())
    assert [row[0] for row in region.rows()] == [number]
    with psycopg.connect(region.url(), autocommit=True) as connection:
        found = {
            row[0]: row[1]
            for row in connection.execute("SELECT name, reset_val FROM pg_settings WHERE name = ANY(%s)", [[*SETTINGS]])
        }
        assert found == SETTINGS
        for name in ("log_statement", "log_error_verbosity", "log_min_error_statement"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"SET {name} = DEFAULT")


def test_there_is_no_column_for_words_or_times(region: Database) -> None:
    """P6, P7: tables of numbers and bytes; no sequence, no trigger, nothing else that tells an order."""
    with region.superuser() as connection:
        columns = connection.execute(
            "SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns"
            " WHERE table_schema = 'public' ORDER BY table_name, ordinal_position"
        ).fetchall()
        others = connection.execute(
            "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind NOT IN ('r', 'i')"
        ).fetchall()
        triggers = connection.execute("SELECT count(*) FROM pg_trigger").fetchall()
    assert columns == [
        ("news", "region", "text", "NO", None),
        ("news", "serial", "bigint", "NO", None),
        ("news", "body", "bytea", "NO", None),
        ("removal_list", "serial", "bigint", "NO", None),
        ("removal_list", "body", "bytea", "NO", None),
        ("retired", "tag", "bytea", "NO", None),
        ("retired", "owner", "oid", "NO", "0"),
        ("sealed_summary", "number", "integer", "NO", None),
        ("sealed_summary", "sealed", "bytea", "NO", None),
        ("sealed_summary", "mac", "bytea", "NO", None),
        ("sealed_summary", "owner", "oid", "NO", "0"),
        ("station_says", "mac", "bytea", "NO", None),
        ("station_says", "about", "bigint", "NO", None),
    ]
    assert others == triggers == [(0,)]


def test_roles_hold_what_they_need_and_no_more(region: Database) -> None:
    """Stations add and read; the provider removes summaries and seals them again; nobody else even gets in."""
    wanted = {
        STATION: {
            "news": {"SELECT"},
            "removal_list": {"SELECT"},
            "station_says": {"INSERT"},
        },
        PROVIDER: {
            "sealed_summary": {"SELECT", "INSERT", "UPDATE", "DELETE"},
            "retired": {"SELECT", "INSERT"},
            "removal_list": {"SELECT", "INSERT", "DELETE"},
            "station_says": {"SELECT", "DELETE"},
            "news": {"SELECT", "INSERT", "UPDATE"},
        },
        "PUBLIC": {},
    }
    with region.superuser() as connection:
        found: dict[str, dict[str, set[str]]] = {role: {} for role in wanted}
        for role, table, power in connection.execute(
            "SELECT grantee, table_name, privilege_type FROM information_schema.role_table_grants"
            " WHERE table_schema = 'public' AND grantee <> 'postgres'"
        ):
            found[role].setdefault(table, set()).add(power)
        connection.execute("CREATE ROLE passer_by LOGIN")
        try:
            with pytest.raises(psycopg.OperationalError, match="permission denied"):
                psycopg.connect(region.url("passer_by"))
        finally:
            connection.execute("DROP ROLE passer_by")
    assert found == wanted


def test_tidying_hides_the_order(made: Made, region: Database) -> None:
    """P7: before, rows lie as they came, each with a transaction of its own; afterwards by number, all with one."""
    store = store_of(made, region.url())
    numbers = sorted((made.number() for _ in range(4)), reverse=True)
    for number in numbers:
        store.append(number, *sealed_for(made, number))
    store_of(made, region.url(region.provider)).retire(numbers[:1])
    rows = region.rows()
    assert _order(region) == (numbers[1:], 3)
    with region.superuser() as connection:
        connection.execute((DEPLOY / "tidy.sql").read_text())
    assert _order(region) == (sorted(numbers[1:]), 1)
    assert region.rows() == rows and store.taken(numbers[0])


def _order(region: Database) -> tuple[list[int], int]:
    """Numbers as they lie on disk, and how many transactions brought them."""
    with region.superuser() as connection:
        found = connection.execute("SELECT number, xmin FROM sealed_summary ORDER BY ctid").fetchall()
    return [row[0] for row in found], len({row[1] for row in found})
