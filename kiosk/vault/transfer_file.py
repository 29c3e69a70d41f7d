"""The file that carries sealed records on a stick: one order, and read whole before anything of it counts."""

from __future__ import annotations

import hashlib
import hmac
import os
import stat
import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

from kiosk.errors import KioskError, Refused
from kiosk.seal.sealed import FORMAT as RECORD_FORMAT
from kiosk.seal.sealed import HEAD as RECORD_HEAD
from kiosk.seal.sealed import MAGIC as RECORD_MAGIC
from kiosk.seal.sealed import SEALED_LENGTH
from kiosk.vault.removal_list import LENGTH as LIST_LENGTH
from kiosk.vault.removal_list import region_mark
from schema.summary import is_number

MAGIC: Final = b"KSRS"
VERSION: Final = 2
OLDER: Final = 1
"""A file of this version holds the marks of removed numbers instead. It is read, and its marks are passed over."""
_HEAD: Final = struct.Struct(">4sB3x16sII")
"""magic, version, three zeros, the region's mark, records, what follows them (`_LIST`, `_STATEMENT`)."""
_LIST: Final = 1
_STATEMENT: Final = 2
_RECORD: Final = struct.Struct(">I32s")
"""number and MAC; the sealed record follows, as long as its suite says."""
_SAID: Final = struct.Struct(">Q32s")
"""the serial of the last removal list that a station obeyed, and its MAC."""
MARK_LENGTH: Final = 32
DIGEST_LENGTH: Final = 32
_DIGEST_LABEL: Final = b"kiosk stick digest"
_PIECE: Final = 1024 * 1024
_SHORTEST: Final = _RECORD.size + min(SEALED_LENGTH.values())
_LONGEST: Final = _RECORD.size + max(SEALED_LENGTH.values())


class NotAStick(Refused):
    """A file that is not whole, or not one that `kiosk export --sealed` wrote for this region; nothing was taken."""

    hint = "Write it again with `kiosk export --sealed FILE` on the other machine; nothing of it was taken here."


@dataclass(frozen=True, slots=True)
class Carried:
    """One record on a stick; nobody has checked who made it."""

    number: int
    untrusted_mac: bytes = field(repr=False)
    untrusted_sealed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Statement:
    """What a station says of itself: how far it followed removal lists, and that all of its records are in the file."""

    serial: int
    untrusted_mac: bytes = field(repr=False)


def statement_mac(station_secret: bytes, number_key: bytes, serial: int, numbers: Iterable[int]) -> bytes:
    """HMAC-SHA256 under a station's secret over the region's mark, the last serial and all of its numbers, in order."""
    own = b"".join(number.to_bytes(4, "big") for number in sorted(numbers))
    said = b"kiosk station says" + region_mark(number_key) + serial.to_bytes(8, "big") + hashlib.sha256(own).digest()
    return hmac.digest(station_secret, said, "sha256")


def write(
    file: IO[bytes],
    records: Iterable[Carried],
    number_key: bytes,
    *,
    removals: bytes | None = None,
    says: Callable[[], Statement] | None = None,
) -> int:
    """Write a whole stick file from its beginning; returns how many records it holds.

    `records` ascend by number; `removals` is the provider's signed list; `says` is asked once the records are written.
    `file` is open for reading and writing: what was written is read back for the digest, HMAC-SHA256 under the
    region's number key.
    """
    count = 0
    file.write(_HEAD.pack(MAGIC, VERSION, region_mark(number_key), 0, 0))
    for record in records:
        file.write(_RECORD.pack(record.number, record.untrusted_mac) + record.untrusted_sealed)
        count += 1
    file.write(removals or b"")
    if says is not None:
        said = says()
        file.write(_SAID.pack(said.serial, said.untrusted_mac))
    end = file.tell()
    file.seek(0)
    follows = (_LIST if removals else 0) | (_STATEMENT if says is not None else 0)
    file.write(_HEAD.pack(MAGIC, VERSION, region_mark(number_key), count, follows))
    digest = _digest(file, end, number_key)
    file.seek(end)
    file.write(digest)
    return count


def _digest(file: IO[bytes], end: int, number_key: bytes) -> bytes:
    """The digest of the first `end` bytes. Raises NotAStick when there are fewer."""
    state = hmac.new(number_key, _DIGEST_LABEL, "sha256")
    file.seek(0)
    while end > 0:
        piece = _exactly(file, min(_PIECE, end))
        state.update(piece)
        end -= len(piece)
    return state.digest()


@dataclass(frozen=True, slots=True)
class Stick:
    """A stick file that was checked whole."""

    file: IO[bytes] = field(repr=False)
    records: int
    marks: int
    """Marks of removed numbers in a file of version 1; anybody could write them, so nobody reads them."""
    follows: int
    digest: bytes = field(repr=False)
    number_key: bytes = field(repr=False)

    def contents(self) -> Iterator[Carried]:
        """Every record, by number. Raises NotAStick when the file is no longer what was checked."""
        self.file.seek(_HEAD.size)
        before = 0
        for _ in range(self.records):
            record = _read_record(self.file)
            if record.number <= before:
                raise NotAStick("The file holds a number twice, or out of order.")
            before = record.number
            yield record

    def after(self) -> tuple[bytes | None, Statement | None]:
        """The provider's removal list, if any, and what a station says; to be read once `contents` has been read."""
        _exactly(self.file, self.marks * MARK_LENGTH)
        removals = _exactly(self.file, LIST_LENGTH) if self.follows & _LIST else None
        said = Statement(*_SAID.unpack(_exactly(self.file, _SAID.size))) if self.follows & _STATEMENT else None
        return removals, said

    def still_whole(self) -> None:
        """See that the file still is what was checked: a stick may change under one's hands. Raises NotAStick."""
        end = os.fstat(self.file.fileno()).st_size - DIGEST_LENGTH
        if not hmac.compare_digest(_digest(self.file, end, self.number_key), self.digest):
            raise NotAStick("The file changed while it was read.")


def check(file: IO[bytes], number_key: bytes) -> Stick:
    """See that a file is whole, of this region and of this version. Raises NotAStick."""
    size = os.fstat(file.fileno()).st_size
    if size < _HEAD.size + DIGEST_LENGTH:
        raise NotAStick("The file is too short to be a stick file.")
    file.seek(0)
    magic, version, mark, records, last = _HEAD.unpack(_exactly(file, _HEAD.size))
    if magic != MAGIC:
        raise NotAStick("The file is no stick file of a kiosk.")
    if version not in (OLDER, VERSION):
        raise NotAStick("The file was written by a later version of kiosk.")
    if not hmac.compare_digest(mark, region_mark(number_key)):
        raise NotAStick("The file belongs to another region.")
    marks, follows = (last, 0) if version == OLDER else (0, last)
    if follows & ~(_LIST | _STATEMENT):
        raise NotAStick("The file was written by a later version of kiosk.")
    beside = _HEAD.size + marks * MARK_LENGTH + DIGEST_LENGTH
    beside += LIST_LENGTH * bool(follows & _LIST) + _SAID.size * bool(follows & _STATEMENT)
    if not beside + records * _SHORTEST <= size <= beside + records * _LONGEST:
        raise NotAStick("The file is cut short, or longer than what it says that it holds.")
    digest = _digest(file, size - DIGEST_LENGTH, number_key)
    if not hmac.compare_digest(_exactly(file, DIGEST_LENGTH), digest):
        raise NotAStick("The file was altered or damaged.")
    stick = Stick(file, records, marks, follows, digest, number_key)
    for _ in stick.contents():
        pass
    stick.after()
    if file.tell() != size - DIGEST_LENGTH:
        raise NotAStick("The file is longer than what it says that it holds.")
    return stick


def open_untrusted(path: Path) -> IO[bytes]:
    """Open a plain file for reading, whoever owns it: what it holds is checked. Raises NotAStick or KioskError."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise KioskError(f"{path.name} cannot be opened ({error.strerror}).") from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise NotAStick(f"{path.name} is no plain file.")
    return os.fdopen(descriptor, "rb")


def _read_record(file: IO[bytes]) -> Carried:
    number, mac = _RECORD.unpack(_exactly(file, _RECORD.size))
    head = _exactly(file, RECORD_HEAD.size)
    magic, form, suite, _ = RECORD_HEAD.unpack(head)
    if not is_number(number) or (magic, form) != (RECORD_MAGIC, RECORD_FORMAT) or suite not in SEALED_LENGTH:
        raise NotAStick("The file holds something that is no sealed record.")
    return Carried(number, mac, head + _exactly(file, SEALED_LENGTH[suite] - len(head)))


def _exactly(file: IO[bytes], length: int) -> bytes:
    try:
        data = file.read(length)
    except OSError as error:
        raise NotAStick(f"The file cannot be read to its end ({error.strerror}).") from None
    if len(data) != length:
        raise NotAStick("The file is cut short.")
    return data
