"""The clerk's line: five questions, six answers, one message a packet, nothing else fits."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from kiosk.seal.sealed import SEALED_LENGTH, SealedRecord
from schema.sheet import SHEET_LENGTH, is_sheet
from schema.summary import is_number

ASK: Final = b"N"
"""Sitting: put a number aside for me."""
KEEP: Final = b"S"
"""Sitting: keep this record under this number."""
PAPER: Final = b"P"
"""Sitting: I am about to print a sheet; enter it in the paper ledger."""
DRAW: Final = b"D"
"""Sitting: draw a number for the foot of a sheet of services, which is nobody's."""
ENTERED: Final = b"H"
"""Sitting: staff entered somebody in the general list; count it."""
NUMBER: Final = b"n"
"""Clerk: this number is put aside, in memory only."""
KEPT: Final = b"k"
"""Clerk: committed, and read back on a new connection."""
CLASH: Final = b"c"
"""Clerk: the number was taken meanwhile; seal again under this one."""
SHEET: Final = b"p"
"""Clerk: the sheet is in the ledger, under this id."""
COUNTED: Final = b"h"
"""Clerk: it is counted; there is no more to it than the count."""
FAILED: Final = b"e"
"""Clerk: nothing was kept, and why."""

_NUMBER: Final = struct.Struct(">I")
_KEEP_HEAD: Final = 1 + _NUMBER.size
LONGEST: Final = _KEEP_HEAD + max(SEALED_LENGTH.values())
"""The longest message of the line, in bytes; a longer packet is refused unread."""


class Reason(IntEnum):
    """Why the clerk kept nothing."""

    FULL = 1
    READ_ONLY = 2
    DAMAGED = 3
    BUSY = 4
    REFUSED = 5
    """Wrong length, magic, recipients, or a number that the clerk did not put aside."""
    OTHER = 6


class WireFault(ValueError):
    """A packet that is none of the line's messages; says nothing of what was in it."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Put a number aside."""


@dataclass(frozen=True, slots=True, repr=False)
class Keep:
    """Keep a record; its bytes are checked by `kiosk.seal.sealed.admit`, not here."""

    number: int
    untrusted_sealed: bytes


@dataclass(frozen=True, slots=True, repr=False)
class Number:
    """A number was put aside."""

    number: int


@dataclass(frozen=True, slots=True)
class Kept:
    """The record is kept."""


@dataclass(frozen=True, slots=True, repr=False)
class Clash:
    """Nothing was kept; `number` is put aside instead."""

    number: int


@dataclass(frozen=True, slots=True)
class Failed:
    """Nothing was kept, or nobody can say: the same record may be sent again."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class Paper:
    """Enter a sheet in the paper ledger (MO-11)."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet is in the paper ledger."""

    sheet: str
    """Its id (`schema.sheet`)."""


@dataclass(frozen=True, slots=True)
class Entered:
    """Count somebody whom staff entered in the general list."""


@dataclass(frozen=True, slots=True)
class Draw:
    """Draw a number that is nobody's, in the shape of a visitor's."""


@dataclass(frozen=True, slots=True)
class Counted:
    """It is counted."""


Request = Ask | Keep | Paper | Entered | Draw
Answer = Number | Kept | Clash | Sheet | Counted | Failed


def pack_ask() -> bytes:
    """The message that asks for a number."""
    return ASK


def pack_keep(number: int, sealed: SealedRecord) -> bytes:
    """The message that keeps a record. Raises TypeError unless `seal()` made it."""
    if not isinstance(sealed, SealedRecord):
        raise TypeError("only a sealed record goes over the line")
    return KEEP + _NUMBER.pack(number) + sealed


def pack_paper() -> bytes:
    """The message that enters a sheet."""
    return PAPER


def pack_entered() -> bytes:
    """The message that counts somebody whom staff entered."""
    return ENTERED


def pack_draw() -> bytes:
    """The message that asks for a number that is nobody's."""
    return DRAW


def unpack_request(untrusted: bytes) -> Request:
    """Read a sitting's message. Raises WireFault."""
    if untrusted == ASK:
        return Ask()
    if untrusted == PAPER:
        return Paper()
    if untrusted == DRAW:
        return Draw()
    if untrusted == ENTERED:
        return Entered()
    if untrusted[:1] == KEEP and len(untrusted) - _KEEP_HEAD in SEALED_LENGTH.values():
        return Keep(_number(untrusted[1:_KEEP_HEAD]), untrusted[_KEEP_HEAD:])
    raise WireFault("no request of this line")


def pack_answer(answer: Answer) -> bytes:
    """The clerk's message."""
    if isinstance(answer, Number):
        return NUMBER + _NUMBER.pack(answer.number)
    if isinstance(answer, Clash):
        return CLASH + _NUMBER.pack(answer.number)
    if isinstance(answer, Sheet):
        return SHEET + answer.sheet.encode("ascii")
    if isinstance(answer, Counted):
        return COUNTED
    return KEPT if isinstance(answer, Kept) else FAILED + bytes([answer.reason])


def unpack_answer(untrusted: bytes) -> Answer:
    """Read the clerk's message. Raises WireFault."""
    kind, rest = untrusted[:1], untrusted[1:]
    if kind == KEPT and not rest:
        return Kept()
    if kind == COUNTED and not rest:
        return Counted()
    if kind == FAILED and len(rest) == 1 and rest[0] in Reason.__members__.values():
        return Failed(Reason(rest[0]))
    if kind == SHEET and len(rest) == SHEET_LENGTH:
        return Sheet(_sheet(rest))
    if kind in (NUMBER, CLASH) and len(rest) == _NUMBER.size:
        return Number(_number(rest)) if kind == NUMBER else Clash(_number(rest))
    raise WireFault("no answer of this line")


def _sheet(raw: bytes) -> str:
    sheet = raw.decode("latin-1")
    if not is_sheet(sheet):
        raise WireFault("no sheet")
    return sheet


def _number(raw: bytes) -> int:
    number: int = _NUMBER.unpack(raw)[0]
    if not is_number(number):
        raise WireFault("no number")
    return number
