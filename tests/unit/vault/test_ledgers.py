"""The ledgers: codes and counts, in a database that refuses everything else."""

from __future__ import annotations

import re
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateTable
from sqlmodel import SQLModel

from kiosk.commands.paper import as_lines
from kiosk.seal import wire
from kiosk.vault import ledgers, migrations
from kiosk.vault.clerk import Clerk
from kiosk.vault.faults import StoreFault
from kiosk.vault.ledgers import Ledgers, NoSuchSheet
from kiosk.vault.migrations import ForeignDatabase
from schema.ledgers import EnteredCount, PaperCount, PaperSheet, StaffTraining, Today
from schema.sheet import SheetState, is_sheet
from schema.training import Training
from tests.made_up import made_at

DAY = date(2026, 3, 31)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledgers.db"


def test_a_sheet_goes_from_open_to_its_end(path: Path) -> None:
    """MO-11: a printed sheet is open until somebody says what became of it; a correction is taken."""
    book = Ledgers(path)
    first, second = book.new_sheet(), book.new_sheet()
    assert first != second and is_sheet(first)
    assert book.sheets() == {first: SheetState.OPEN, second: SheetState.OPEN}
    book.reconcile({first: SheetState.GIVEN})
    book.reconcile({first: SheetState.HANDED})
    assert book.sheets() == {first: SheetState.HANDED, second: SheetState.OPEN}
    with pytest.raises(NoSuchSheet):
        book.reconcile({second: SheetState.SHREDDED, "99999": SheetState.GIVEN})
    assert book.sheets()[second] is SheetState.OPEN, "all of it or nothing"
    with pytest.raises(ValueError, match="not opened again"):
        book.reconcile({first: SheetState.OPEN})


def test_forgotten_sheets_are_counts(path: Path) -> None:
    """MO-11: ids of sheets whose end is known can be given up; how many there were stays, and open ones stay whole."""
    book = Ledgers(path)
    sheets = [book.new_sheet() for _ in range(4)]
    for round_ in (sheets[:2], sheets[2:3]):
        book.reconcile(dict.fromkeys(round_, SheetState.GIVEN))
        assert book.forget() == len(round_)
    assert book.counts() == {SheetState.GIVEN: 3}
    assert book.sheets() == {sheets[3]: SheetState.OPEN}
    assert sheets[0].encode() not in path.read_bytes()


def test_the_ledgers_are_private_and_tell_no_time(path: Path) -> None:
    """P6, P7: 0600, times of the month only, no column for a time but a training's day."""
    book = Ledgers(path)
    book.new_sheet()
    found = path.stat()
    assert stat.S_IMODE(found.st_mode) == 0o600
    assert datetime.fromtimestamp(found.st_mtime, UTC).day == 1
    with closing(sqlite3.connect(path)) as connection:
        tables = {row[0]: row[1] for row in connection.execute("SELECT name, sql FROM sqlite_schema")}
        columns = {table: [row[1:3] for row in connection.execute(f"PRAGMA table_info({table})")] for table in tables}
    assert columns == {
        "paper_sheet": [("sheet", "TEXT"), ("state", "INTEGER")],
        "paper_count": [("state", "INTEGER"), ("sheets", "INTEGER")],
        "today": [("place", "INTEGER"), ("tag", "INTEGER"), ("records", "INTEGER")],
        "entered": [("place", "INTEGER"), ("people", "INTEGER")],
        "staff_training": [("code", "TEXT"), ("item", "TEXT"), ("day", "TEXT"), ("trained_by", "TEXT")],
    }
    assert all("STRICT" in sql and "WITHOUT ROWID" in sql for sql in tables.values())


def test_the_models_and_the_migration_say_the_same(path: Path, tmp_path: Path) -> None:
    """The tables that are made are those that SQLModel writes to, CHECK by CHECK."""
    ledgers.create(path)
    with closing(sqlite3.connect(tmp_path / "models.db")) as theirs, closing(sqlite3.connect(path)) as ours:
        for model in (PaperSheet, PaperCount, StaffTraining, Today, EnteredCount):
            table = SQLModel.metadata.tables[str(model.__tablename__)]
            theirs.execute(str(CreateTable(table).compile(dialect=sqlite.dialect())))
        checks = [
            sorted(
                re.split(r"\) ?\)? ?(?:STRICT|WITHOUT ROWID|PRIMARY KEY)", " ".join(part.split()))[0].rstrip(" ,)")
                for (sql,) in connection.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")
                for part in sql.split("CONSTRAINT")[1:]
            )
            for connection in (ours, theirs)
        ]
    assert len(checks[0]) == 13
    assert checks[0] == checks[1]


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("paper_sheet", ("Jane!", 0)),
        ("paper_sheet", ("C3D4", 0)),
        ("paper_sheet", ("C3D4F", 4)),
        ("paper_sheet", ("C3D4F", "x")),
        ("paper_sheet", (None, 0)),
        ("paper_count", (0, 1)),
        ("paper_count", (1, 0)),
        ("staff_training", ("Jane Doe", "dv-sv", "2026-03-31", "VSP-1")),
        ("staff_training", ("A" * 13, "dv-sv", "2026-03-31", "VSP-1")),
        ("staff_training", ("S-01", "a talk", "2026-03-31", "VSP-1")),
        ("staff_training", ("S-01", "dv-sv", "2026-03-31 10:15", "VSP-1")),
        ("staff_training", ("S-01", "dv-sv", "yesterday", "VSP-1")),
        ("staff_training", ("S-01", "dv-sv", "2026-03-31", "her agency")),
    ],
)
def test_the_database_itself_refuses(path: Path, table: str, row: tuple[object, ...]) -> None:
    """P6: even a writer that goes past our code stores no word and no time."""
    ledgers.create(path)
    places = ", ".join("?" * len(row))
    with closing(sqlite3.connect(path)) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(f"INSERT INTO {table} VALUES ({places})", row)


def test_trainings_come_back_as_they_were(path: Path) -> None:
    """MO-06, MO-37: code, item, day and who trained; the same again changes who, and somebody who left is gone."""
    book = Ledgers(path)
    book.trained(Training("S-02", "dv-sv", DAY, "VSP-1"))
    book.trained(Training("S-01", "vawa-transfers", DAY, "VSP-1"))
    book.trained(Training("S-02", "dv-sv", DAY, "VSP-2"))
    assert list(book.trainings()) == [
        Training("S-01", "vawa-transfers", DAY, "VSP-1"),
        Training("S-02", "dv-sv", DAY, "VSP-2"),
    ]
    assert book.left("S-02") == 1 and book.left("S-02") == 0
    assert len(book.trainings()) == 1


def test_another_database_is_not_touched(path: Path) -> None:
    """The ledgers are told from the sealed records, and from everybody else's database."""
    migrations.create(path)
    before = path.read_bytes()
    with pytest.raises(ForeignDatabase):
        Ledgers(path).new_sheet()
    assert path.read_bytes() == before


def test_a_half_made_file_is_finished(path: Path) -> None:
    """Two clerks at once: a file that somebody has just begun to make is taken up, not refused."""
    path.touch(mode=0o600)
    assert is_sheet(Ledgers(path).new_sheet())


def test_the_clerk_enters_a_sheet_ahead_of_its_print(tmp_path: Path) -> None:
    """MO-11: one byte asks, an id answers, and the sheet is in the ledger by then; a number put aside stays."""
    made = made_at(tmp_path / "k")
    clerk = Clerk(made.key, made.store, made.ledgers)
    number = clerk.answer(wire.pack_ask())
    answer = clerk.answer(wire.pack_paper())
    assert isinstance(answer, wire.Sheet)
    assert made.ledgers.sheets() == {answer.sheet: SheetState.OPEN}
    assert clerk.answer(wire.pack_ask()) == number
    assert made.store.rows() == []


def test_who_was_entered_is_a_count_and_no_person(tmp_path: Path) -> None:
    """MO-03: one byte a visit adds one to a number; a second one of the same visit adds nothing; staff can read it."""
    made = made_at(tmp_path / "k")
    for _ in range(2):
        clerk = Clerk(made.key, made.store, made.ledgers)
        assert clerk.answer(wire.pack_entered()) == wire.Counted()
        assert clerk.answer(wire.pack_entered()) == wire.Failed(wire.Reason.REFUSED)
    assert made.ledgers.entered() == 2 and made.store.rows() == []
    assert list(as_lines(made.ledgers))[-1] == "Entered in the general list by staff, from a page here: 2"


def test_a_failing_ledger_is_an_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """MO-11: where nothing can be entered the clerk says so, and the sitting prints nothing."""
    made = made_at(tmp_path / "k")
    made.place.ledgers.mkdir()
    answer = Clerk(made.key, made.store, made.ledgers).answer(wire.pack_paper())
    assert isinstance(answer, wire.Failed)
    with pytest.raises(StoreFault) as caught:
        made.ledgers.new_sheet()
    assert "/" not in str(caught.value)
