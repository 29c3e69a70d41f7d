"""A worker of the desk: private keys and sealed bytes come in on a pipe, opened bytes go out; no more than that."""

from __future__ import annotations

import os
import struct
from collections.abc import Sequence
from typing import BinaryIO, Final

from kiosk.desk.records.unsealing import PARTS_LENGTH, Damaged, NotOpened, NotOurs, Opener, UnknownFormat, WrongKey
from kiosk.seal.sealed import PLAIN_LENGTH

ANSWER_LENGTH: Final = 1 + PLAIN_LENGTH
"""Bytes of the answer to one record: what became of it, and its inside or zeros."""
OPENED: Final = 0
KINDS: Final[tuple[type[NotOpened], ...]] = (UnknownFormat, NotOurs, WrongKey, Damaged)
"""What else can become of a record, from 1 on; whether the inside makes sense is looked at by the desk."""
_NICE: Final = 5
"""How far a worker stands back behind the process that paints."""
_COUNT: Final = struct.Struct(">H")
_RECORD: Final = struct.Struct(">IH")


def begin(private_parts: bytes) -> bytes:
    """The bytes that come first: how many provider's keys there are, and their private parts."""
    return bytes((len(private_parts) // PARTS_LENGTH,)) + private_parts


def ask(batch: Sequence[tuple[int, bytes]]) -> bytes:
    """The bytes that ask for records to be opened: how many, then number, length and sealed bytes of each."""
    parts = [_COUNT.pack(len(batch))]
    for number, sealed in batch:
        parts += (_RECORD.pack(number, len(sealed)), sealed)
    return b"".join(parts)


def answers(said: bytes) -> list[bytes | type[NotOpened]]:
    """What a worker's bytes say about each record of a batch: its inside that nobody has read yet, or the fault."""
    told: list[bytes | type[NotOpened]] = []
    for start in range(0, len(said), ANSWER_LENGTH):
        kind = said[start]
        told.append(said[start + 1 : start + ANSWER_LENGTH] if kind == OPENED else KINDS[kind - 1])
    return told


def serve(opener: Opener, asked: BinaryIO, told: BinaryIO) -> None:
    """Answer batch after batch until no more is asked."""
    while head := asked.read(_COUNT.size):
        said = []
        for _ in range(*_COUNT.unpack(head)):
            number, length = _RECORD.unpack(asked.read(_RECORD.size))
            said.append(_opened(opener, number, asked.read(length)))
        told.write(b"".join(said))
        told.flush()


def _opened(opener: Opener, number: int, untrusted_sealed: bytes) -> bytes:
    try:
        return bytes((OPENED,)) + opener.plain(number, untrusted_sealed)
    except NotOpened as kind:
        return bytes((KINDS.index(type(kind)) + 1,)).ljust(ANSWER_LENGTH, b"\0")


def main() -> None:
    """Enter the jail, take the private parts, serve."""
    from kiosk.jail.enter import enter
    from kiosk.jail.profile import Profile
    from kiosk.terminal.process import fall_silent

    fall_silent()
    os.nice(_NICE)
    enter(Profile.WORKER)
    with open(0, "rb") as asked, open(1, "wb") as told:
        serve(Opener.of_parts(asked.read(asked.read(1)[0] * PARTS_LENGTH)), asked, told)


if __name__ == "__main__":
    main()
