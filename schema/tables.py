"""The tables of a kiosk's file and of a region: the database itself refuses what is no sealed record (P6)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Final

from sqlalchemy import CheckConstraint, Column, Dialect, Integer, LargeBinary
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

from schema.sealed import MAGIC, SEALED_LENGTH, SealedRecord
from schema.summary import HIGHEST_NUMBER, LOWEST_NUMBER

MAC_LENGTH: Final = 32
"""Bytes of a record's HMAC-SHA256."""
TAG_LENGTH: Final = 32
"""Bytes of a removed number's keyed hash."""
PLACES: Final = 1 << 14
"""Places in the map of removed numbers."""

_HEAD: Final = f"substr(sealed, 1, {len(MAGIC)})"
_LENGTHS: Final = ", ".join(str(length) for length in SEALED_LENGTH.values())


class SealedColumn(TypeDecorator[bytes]):
    """A column that takes only what `seal()` made; what comes out is untrusted bytes."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Raises TypeError, without the value, for anything but a SealedRecord."""
        if not isinstance(value, SealedRecord):
            raise TypeError("only a sealed record may be stored")
        return bytes(value)


class _Silent(SQLModel):
    """A row that prints no value."""

    def __repr_args__(self) -> Sequence[tuple[str | None, Any]]:
        """Nothing to print."""
        return []


class SealedSummary(_Silent, table=True):
    """One sealed record under its number. No time, no order, no plain column (P6, P7)."""

    __tablename__ = "sealed_summary"
    __table_args__: ClassVar[Any] = (
        CheckConstraint(f"number BETWEEN {LOWEST_NUMBER} AND {HIGHEST_NUMBER}", name="number_range"),
        CheckConstraint(f"length(sealed) IN ({_LENGTHS})", name="sealed_length"),
        CheckConstraint(f"{_HEAD} = x'{MAGIC.hex()}'", name="sealed_magic").ddl_if(dialect="sqlite"),
        CheckConstraint(f"{_HEAD} = '\\x{MAGIC.hex()}'", name="sealed_magic").ddl_if(dialect="postgresql"),
        CheckConstraint(f"length(mac) = {MAC_LENGTH}", name="mac_length"),
        {"sqlite_strict": True, "sqlite_with_rowid": False},
    )

    number: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    """The visitor's number, the only key."""
    sealed: bytes = Field(sa_column=Column(SealedColumn, nullable=False))
    """The sealed record, one length a suite."""
    mac: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    """HMAC-SHA256 of number and sealed bytes under the station's secret."""


class Removed(_Silent, table=True):
    """A place of the map that draws avoid. Half of all places are set at random: a set one proves nothing."""

    __tablename__ = "removed"
    __table_args__: ClassVar[Any] = (
        CheckConstraint(f"bit BETWEEN 0 AND {PLACES - 1}", name="removed_bit"),
        {"sqlite_strict": True, "sqlite_with_rowid": False},
    )

    bit: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    """`kiosk.vault.numbers.removed_bit`."""


class Obeyed(_Silent, table=True):
    """How far this machine followed the provider's removal lists: one row."""

    __tablename__ = "obeyed"
    __table_args__: ClassVar[Any] = (
        CheckConstraint("place = 0", name="obeyed_place"),
        CheckConstraint("serial >= 0", name="obeyed_serial"),
        CheckConstraint("refused >= 0", name="obeyed_refused"),
        {"sqlite_strict": True, "sqlite_with_rowid": False},
    )

    place: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    serial: int = Field(sa_column=Column(Integer, nullable=False))
    """The serial of the last list that was obeyed, 0 before the first."""
    refused: int = Field(sa_column=Column(Integer, nullable=False))
    """How many lists were refused: not the provider's, or older than the last."""


class Retired(_Silent, table=True):
    """In a region's database alone: a removed number, as a keyed hash, so that it never comes back there."""

    __tablename__ = "retired"
    __table_args__: ClassVar[Any] = (
        CheckConstraint(f"length(tag) = {TAG_LENGTH}", name="tag_length"),
        {"sqlite_strict": True, "sqlite_with_rowid": False},
    )

    tag: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))
    """`kiosk.vault.numbers.retired_tag`."""
