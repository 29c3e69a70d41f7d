"""The file that carries sealed records on a stick: one order, and read whole before anything of it counts."""

from __future__ import annotations

import hmac
import os
import stat
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

from kiosk.errors import KioskError, Refused
from kiosk.seal.sealed import FORMAT as RECORD_FORMAT
from kiosk.seal.sealed import HEAD as RECORD_HEAD
from kiosk.seal.sealed import MAGIC as RECORD_MAGIC
from kiosk.seal.sealed import SEALED_LENGTH
from schema.summary import is_number

MAGIC: Final = b"KSRS"
VERSION: Final = 1
_HEAD: Final = struct.Struct(">4sB3x16sII")
"""magic, version, three zeros, the region's mark, records, removed numbers."""
_RECORD: Final = struct.Struct(">I32s")
"""number and MAC; the sealed record follows, as long as its suite says."""
TAG_LENGTH: Final = 32
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


def region_mark(number_key: bytes) -> bytes:
    """16 bytes by which a region knows its own files; they tell nothing to anybody else."""
    return hmac.digest(number_key, b"kiosk stick region", "sha256")[:16]


def write(file: IO[bytes], records: Iterable[Carried], tags: Iterable[bytes], number_key: bytes) -> tuple[int, int]:
    """Write a whole stick file from its beginning; returns how many records and removed numbers it holds.

    `records` ascend by number, `tags` by their bytes. `file` is open for reading and writing: what was written is read
    back for the digest, HMAC-SHA256 under the region's number key.
    """
    counts = [0, 0]
    file.write(_HEAD.pack(MAGIC, VERSION, region_mark(number_key), 0, 0))
    for record in records:
        file.write(_RECORD.pack(record.number, record.untrusted_mac) + record.untrusted_sealed)
        counts[0] += 1
    for tag in tags:
        file.write(tag)
        counts[1] += 1
    end = file.tell()
    file.seek(0)
    file.write(_HEAD.pack(MAGIC, VERSION, region_mark(number_key), *counts))
    digest = _digest(file, end, number_key)
    file.seek(end)
    file.write(digest)
    return counts[0], counts[1]


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
    tags: int
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

    def removed(self) -> Iterator[bytes]:
        """The tags of removed numbers, in order; to be read once `contents` has been read."""
        before = b""
        for _ in range(self.tags):
            tag = _exactly(self.file, TAG_LENGTH)
            if tag <= before:
                raise NotAStick("The file holds a removed number twice, or out of order.")
            before = tag
            yield tag

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
    magic, version, mark, records, tags = _HEAD.unpack(_exactly(file, _HEAD.size))
    if magic != MAGIC:
        raise NotAStick("The file is no stick file of a kiosk.")
    if version != VERSION:
        raise NotAStick("The file was written by a later version of kiosk.")
    if not hmac.compare_digest(mark, region_mark(number_key)):
        raise NotAStick("The file belongs to another region.")
    beside = _HEAD.size + tags * TAG_LENGTH + DIGEST_LENGTH
    if not beside + records * _SHORTEST <= size <= beside + records * _LONGEST:
        raise NotAStick("The file is cut short, or longer than what it says that it holds.")
    digest = _digest(file, size - DIGEST_LENGTH, number_key)
    if not hmac.compare_digest(_exactly(file, DIGEST_LENGTH), digest):
        raise NotAStick("The file was altered or damaged.")
    stick = Stick(file, records, tags, digest, number_key)
    for _ in stick.contents():
        pass
    for _ in stick.removed():
        pass
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
