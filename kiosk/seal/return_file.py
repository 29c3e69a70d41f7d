"""The return file's bytes: what a meeting says to one agency about its own visitors' numbers, and to nobody else.

Inside the seal: a head (magic, format, the list's public key, its area, the agency's code, the id of the key it is
sealed to, serial, day), 64 entries or the next power of two, sorted by number, and the list's signature (Ed25519) over
all of it. An entry is number, state, HUD 2.02.6 project type and the day to answer by; unused ones are zeros. Outside:
magic, suite, and the HPKE ciphertext. Every agency gets one each time, so that its length tells nothing.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from kiosk.seal.record import Recipient, hpke_suite
from schema.sealed import KEY_ID_LENGTH
from schema.summary import is_number

LABEL: Final = b"kiosk return file 1"
"""What is signed begins with it, and HPKE's `info` is it."""
SMALLEST: Final = 64
MOST: Final = 1 << 16
LONGEST: Final = 2 << 20
"""The most bytes of a file."""
SIGNATURE_LENGTH: Final = 64
STATES: Final = ("waiting", "referred", "offered", "accepted", "declined", "housed", "inactive")
"""By their place: the meeting's states."""
_OUTSIDE: Final = b"KRF1"
_INSIDE: Final = b"KRI1"
_HEAD: Final = struct.Struct(">4sB32s24s16s8sQII")
"""magic, format, signer, area, agency, key id, serial, day (as an ordinal), number of entries."""
_ENTRY: Final = struct.Struct(">IBBI")
_FORMAT: Final = 1


class NotAReturnFile(ValueError):
    """Bytes that are no return file."""


@dataclass(frozen=True, slots=True)
class Entry:
    """How one of the agency's visitors stands."""

    number: int
    state: str
    project_type: int = 0
    """HUD 2.02.6 of the vacancy; 0 for none."""
    answer_by: str = ""
    """The day to answer by, `YYYY-MM-DD`, of an offer."""


@dataclass(frozen=True, slots=True)
class ReturnFile:
    """A file's inside."""

    signer: bytes
    """The list's public key, 32 bytes."""
    area: str
    agency: str
    key_id: bytes
    serial: int
    day: date
    entries: tuple[Entry, ...] = field(repr=False)


def pack(content: ReturnFile) -> bytes:
    """What is signed and sealed."""
    size = SMALLEST
    while size < len(content.entries):
        size *= 2
    head = _HEAD.pack(
        _INSIDE,
        _FORMAT,
        content.signer,
        content.area.encode(),
        content.agency.encode(),
        content.key_id,
        content.serial,
        content.day.toordinal(),
        size,
    )
    entries = (
        _ENTRY.pack(each.number, STATES.index(each.state), each.project_type, _ordinal(each.answer_by))
        for each in sorted(content.entries, key=lambda each: each.number)
    )
    return (head + b"".join(entries)).ljust(_HEAD.size + size * _ENTRY.size, b"\0")


def unpack(plain: bytes) -> tuple[ReturnFile, bytes, bytes]:
    """The content, the bytes that are signed, and the signature. Raises NotAReturnFile."""
    try:
        magic, form, signer, area, agency, key_id, serial, day, size = _HEAD.unpack_from(plain)
        body, signature = plain[:-SIGNATURE_LENGTH], plain[-SIGNATURE_LENGTH:]
        power = SMALLEST <= size <= MOST and size & (size - 1) == 0
        if magic != _INSIDE or form != _FORMAT or not power or len(body) != _HEAD.size + size * _ENTRY.size:
            raise NotAReturnFile
        entries = tuple(_entry(*each) for each in _ENTRY.iter_unpack(body[_HEAD.size :]) if each[0])
        if len({each.number for each in entries}) != len(entries):
            raise NotAReturnFile
        content = ReturnFile(
            signer,
            _code(area),
            _code(agency),
            key_id,
            serial,
            date.fromordinal(day),
            entries,
        )
    except (struct.error, ValueError, IndexError, OverflowError, UnicodeDecodeError):
        raise NotAReturnFile from None
    return content, body, signature


def seal(plain: bytes, to: Recipient) -> bytes:
    """The file's bytes, for one agency alone."""
    return _OUTSIDE + bytes([to.suite]) + hpke_suite(to.suite).encrypt(plain, to.key, info=LABEL)


def outside(untrusted: bytes) -> tuple[int, bytes]:
    """The suite and the ciphertext. Raises NotAReturnFile."""
    if untrusted[:4] != _OUTSIDE or untrusted[4:5] not in (b"\x01", b"\x02"):
        raise NotAReturnFile
    return untrusted[4], untrusted[5:]


def _entry(number: int, state: int, project_type: int, day: int) -> Entry:
    if not is_number(number) or project_type > 14:
        raise NotAReturnFile
    return Entry(number, STATES[state], project_type, date.fromordinal(day).isoformat() if day else "")


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal() if day else 0


def _code(raw: bytes) -> str:
    text = raw.rstrip(b"\0").decode("ascii")
    if not text.isprintable() or len(raw) < KEY_ID_LENGTH:
        raise NotAReturnFile
    return text
