from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import StatementError
from sqlmodel import Session, SQLModel

from kiosk.seal.sealed import MAGIC, SEALED_LENGTH
from kiosk.vault import migrations
from kiosk.vault.store import engine_for
from schema.tables import MAC_LENGTH, Obeyed, Removed, SealedSummary
from tests.made_up import made_at

LENGTH = SEALED_LENGTH[1]
SEALED = MAGIC + bytes(LENGTH - 4)
MAC = bytes(MAC_LENGTH)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    migrations.create(tmp_path / "summaries.db")
    return tmp_path / "summaries.db"


def columns(path: Path, table: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[1:4] for row in connection.execute(f"PRAGMA table_info({table})")]


def test_there_is_no_column_for_words_or_times(database: Path) -> None:
    """P6, P7: a number, sealed bytes, a MAC, a map half set anyway, counts: no text, no time, no order."""
    with closing(sqlite3.connect(database)) as connection:
        tables = {row[0]: row[1] for row in connection.execute("SELECT name, sql FROM sqlite_schema")}
    assert set(tables) == {"sealed_summary", "removed", "obeyed"}
    assert columns(database, "sealed_summary") == [("number", "INTEGER", 1), ("sealed", "BLOB", 1), ("mac", "BLOB", 1)]
    assert columns(database, "removed") == [("bit", "INTEGER", 1)]
    assert columns(database, "obeyed") == [(name, "INTEGER", 1) for name in ("place", "serial", "refused")]
    for sql in tables.values():
        assert "STRICT" in sql and "WITHOUT ROWID" in sql


def test_the_models_and_the_migrations_say_the_same(database: Path, tmp_path: Path) -> None:
    """The table that is made is the one that SQLModel writes to: columns, kinds and CHECKs."""
    other = tmp_path / "models.db"
    with closing(sqlite3.connect(other)) as connection:
        for model in (SealedSummary, Removed, Obeyed):
            from sqlalchemy.schema import CreateTable

            table = SQLModel.metadata.tables[str(model.__tablename__)]
            connection.execute(str(CreateTable(table).compile(dialect=sqlite.dialect())))
    for table_name in ("sealed_summary", "removed", "obeyed"):
        assert columns(database, table_name) == columns(other, table_name)
    with closing(sqlite3.connect(database)) as ours, closing(sqlite3.connect(other)) as theirs:
        checks = [
            {
                " ".join(part.split()).rstrip(",) ")
                for (sql,) in connection.execute("SELECT sql FROM sqlite_schema")
                for part in sql.split("CONSTRAINT")[1:]
            }
            for connection in (ours, theirs)
        ]
    clean = [{part.split(" WITHOUT")[0].split(" STRICT")[0].rstrip(" )") for part in each} for each in checks]
    assert len(clean[0]) == 8 and clean[0] == clean[1]


@pytest.mark.parametrize(
    ("number", "sealed", "mac"),
    [
        (9_999_999, SEALED, MAC),
        (100_000_000, SEALED, MAC),
        ("12345678x", SEALED, MAC),
        ("Jane", SEALED, MAC),
        (None, SEALED, MAC),
        (12_345_678, "x" * LENGTH, MAC),
        (12_345_678, SEALED[:-1], MAC),
        (12_345_678, SEALED + b"x", MAC),
        (12_345_678, b"Jane lives next door".ljust(LENGTH), MAC),
        (12_345_678, None, MAC),
        (12_345_678, SEALED, MAC[:-1]),
        (12_345_678, SEALED, "x" * 32),
    ],
)
def test_the_database_itself_refuses(database: Path, number: object, sealed: object, mac: object) -> None:
    """P6: even a writer that goes past our code cannot store text, another length or another magic."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("INSERT INTO sealed_summary VALUES (?, ?, ?)", (12_345_679, SEALED, MAC))
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute("INSERT INTO sealed_summary VALUES (?, ?, ?)", (number, sealed, mac))


def test_only_what_seal_made_is_bound(tmp_path: Path) -> None:
    """P6: SQLModel takes a SealedRecord and nothing else, not even bytes of the right form; its error is mute."""
    made = made_at(tmp_path / "k")
    made.keep()
    engine = engine_for(made.place.summaries)
    for value in (SEALED, b"Jane Doe", "Jane Doe", bytearray(SEALED)):
        with Session(engine) as session, pytest.raises(StatementError) as caught:
            session.add(SealedSummary(number=12_345_678, sealed=cast(bytes, value), mac=MAC))
            session.commit()
        assert "Jane" not in str(caught.value)
    assert len(made.store.rows()) == 1


def test_a_row_prints_nothing() -> None:
    """P6: a row's repr holds no value."""
    assert repr(SealedSummary(number=12_345_678, sealed=os.urandom(4), mac=MAC)) == "SealedSummary()"
