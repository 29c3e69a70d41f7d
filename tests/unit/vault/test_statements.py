from __future__ import annotations

import pytest
from sqlalchemy import Dialect, bindparam, column, delete, insert, select, table, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql import ClauseElement
from sqlmodel import SQLModel

from kiosk.vault import statements
from kiosk.vault.postgres.engine import FamilyDialect
from kiosk.vault.store import REMOVED, SUMMARIES
from schema.ledgers import EnteredCount, PaperSheet, Today

SHEETS = SQLModel.metadata.tables[str(PaperSheet.__tablename__)]
TODAY = SQLModel.metadata.tables[str(Today.__tablename__)]
ENTERED = SQLModel.metadata.tables[str(EnteredCount.__tablename__)]
FIND = select(SUMMARIES.c.sealed, SUMMARIES.c.mac).where(SUMMARIES.c.number == bindparam("wanted"))
MEANT: dict[str, tuple[Dialect, ClauseElement]] = {
    "INSERT": (sqlite.dialect(), insert(SUMMARIES)),
    "FIND": (sqlite.dialect(), FIND),
    "REMOVE": (sqlite.dialect(), delete(SUMMARIES).where(SUMMARIES.c.number == bindparam("wanted"))),
    "FIND_REMOVED": (sqlite.dialect(), select(REMOVED.c.bit).where(REMOVED.c.bit == bindparam("wanted"))),
    "COUNT_ON": (
        sqlite.dialect(),
        update(TODAY)
        .values(records=TODAY.c.records + text("1"))
        .where(TODAY.c.tag == bindparam("day"), TODAY.c.records < bindparam("most")),
    ),
    "BEGIN_DAY": (
        sqlite.dialect(),
        update(TODAY).values(tag=bindparam("day"), records=text("1")).where(TODAY.c.tag != bindparam("other")),
    ),
    "COUNT_ENTERED": (sqlite.dialect(), update(ENTERED).values(people=ENTERED.c.people + text("1"))),
    "INSERT_SHEET": (sqlite.dialect(), insert(SHEETS)),
    "REGION_SAY": (
        FamilyDialect(),
        postgresql.insert(table("station_says", column("mac"), column("about"))).on_conflict_do_nothing(),
    ),
}
"""What each statement stands for, in the words of the schema's tables."""


@pytest.mark.parametrize("name", MEANT)
def test_what_the_clerk_says_comes_from_the_tables(name: str) -> None:
    """The schema's tables are the one source: each statement of the clerk is what SQLAlchemy compiles from them."""
    dialect, meant = MEANT[name]
    assert getattr(statements, name) == " ".join(str(meant.compile(dialect=dialect)).split())


def test_no_statement_goes_unchecked() -> None:
    """Every statement of the clerk's is among those held to the tables."""
    assert {name for name in vars(statements) if name.isupper()} == MEANT.keys()
