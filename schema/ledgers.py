"""The ledgers' tables: codes, counts and days of training. No column has room for words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Final

from sqlalchemy import CheckConstraint, Column, Integer, Text
from sqlmodel import Field, SQLModel

from schema.sheet import SHEET_LENGTH, SHEET_LETTERS, SheetState
from schema.training import CODE_LENGTHS, ITEMS

_STATES: Final = ", ".join(str(int(state)) for state in SheetState)
_ENDED: Final = ", ".join(str(int(state)) for state in SheetState if state is not SheetState.OPEN)
_ITEMS: Final = ", ".join(f"'{item}'" for item in ITEMS)
_SHORTEST, _LONGEST = CODE_LENGTHS
_DAY: Final = "20[0-9][0-9]-[01][0-9]-[0-3][0-9]"


def _code(column: str, name: str) -> CheckConstraint:
    """A code of an operator's: capital letters, digits and hyphens, so that no name fits in."""
    return CheckConstraint(
        f"length({column}) BETWEEN {_SHORTEST} AND {_LONGEST} AND {column} NOT GLOB '*[^A-Z0-9-]*'", name=name
    )


class _Silent(SQLModel):
    """A row that prints no value."""

    def __repr_args__(self) -> Sequence[tuple[str | None, Any]]:
        """Nothing to print."""
        return []


class PaperSheet(_Silent, table=True):
    """One printed sheet that has an id: no time, no order, no word of it (MO-11)."""

    __tablename__ = "paper_sheet"
    __table_args__: ClassVar[Any] = (
        CheckConstraint(
            f"length(sheet) = {SHEET_LENGTH} AND sheet NOT GLOB '*[^{SHEET_LETTERS}]*'", name="sheet_letters"
        ),
        CheckConstraint(f"state IN ({_STATES})", name="sheet_state"),
        {"sqlite_strict": True, "sqlite_with_rowid": False},
    )

    sheet: str = Field(sa_column=Column(Text, primary_key=True))
    """Its id, drawn at random."""
    state: int = Field(sa_column=Column(Integer, nullable=False))
    """`schema.sheet.SheetState`."""


class PaperCount(_Silent, table=True):
    """How many sheets came to each end and were then forgotten."""

    __tablename__ = "paper_count"
    __table_args__: ClassVar[Any] = (
        CheckConstraint(f"state IN ({_ENDED})", name="count_state"),
        CheckConstraint("sheets BETWEEN 1 AND 999999999", name="count_sheets"),
        {"sqlite_strict": True, "sqlite_with_rowid": False},
    )

    state: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    sheets: int = Field(sa_column=Column(Integer, nullable=False))


class Today(_Silent, table=True):
    """How many records this station kept in the last day that it kept one: one row, and nothing that names the day."""

    __tablename__ = "today"
    __table_args__: ClassVar[Any] = (
        CheckConstraint("place = 0", name="today_place"),
        CheckConstraint("tag BETWEEN 0 AND 15", name="today_tag"),
        CheckConstraint("records BETWEEN 0 AND 9999", name="today_records"),
        {"sqlite_strict": True, "sqlite_with_rowid": False},
    )

    place: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    tag: int = Field(sa_column=Column(Integer, nullable=False))
    """Four bits of the day under the station's secret: `kiosk.vault.sheet_ledger.day_tag`."""
    records: int = Field(sa_column=Column(Integer, nullable=False))


class EnteredCount(_Silent, table=True):
    """How many visitors staff entered in the general list: one row, no day and no person."""

    __tablename__ = "entered"
    __table_args__: ClassVar[Any] = (
        CheckConstraint("place = 0", name="entered_place"),
        CheckConstraint("people BETWEEN 0 AND 999999999", name="entered_people"),
        {"sqlite_strict": True, "sqlite_with_rowid": False},
    )

    place: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    people: int = Field(sa_column=Column(Integer, nullable=False))


class StaffTraining(_Silent, table=True):
    """One training that somebody of the staff had, by code (MO-06, MO-07, MO-37)."""

    __tablename__ = "staff_training"
    __table_args__: ClassVar[Any] = (
        _code("code", "staff_code"),
        CheckConstraint(f"item IN ({_ITEMS})", name="training_item"),
        CheckConstraint(f"length(day) = 10 AND day GLOB '{_DAY}'", name="training_day"),
        _code("trained_by", "training_by"),
        {"sqlite_strict": True, "sqlite_with_rowid": False},
    )

    code: str = Field(sa_column=Column(Text, primary_key=True))
    """The staff member's code, which only the agency can read."""
    item: str = Field(sa_column=Column(Text, primary_key=True))
    """One of `schema.training.ITEMS`."""
    day: str = Field(sa_column=Column(Text, primary_key=True))
    """The day of the training, `YYYY-MM-DD`."""
    trained_by: str = Field(sa_column=Column(Text, nullable=False))
    """The code of the agency that trained (MO-37)."""
