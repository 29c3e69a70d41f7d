"""What stood on the list when the provider last said "seen": keyed tags of numbers and insides, sealed, no content."""

from __future__ import annotations

import hashlib
import os
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kiosk.desk.keys.derivation import derive
from kiosk.desk.keys.sealed_box import SealedBox
from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.records.live_list import SLICE
from kiosk.vault.file_times import blur_times
from kiosk.vault.private_file import Missing, read_private, write_private

FILE: Final = "desk.seen"
"""Its name in the data folder."""
LONGEST: Final = 32 * 1024 * 1024
"""The most bytes of it that are read: more than a million records."""
TAG_LENGTH: Final = 8
_MAGIC: Final = b"KSL1"
_COUNT: Final = struct.Struct(">I")
_SMALLEST: Final = 256
"""Places in the smallest file; a larger one has twice as many, or four times, and so on, filled up at random."""


@dataclass(slots=True)
class Difference:
    """What is new, changed and gone since the last look."""

    new: set[int] = field(default_factory=set)
    changed: set[int] = field(default_factory=set)
    gone: int = 0
    """How many stood then and do not now. Which, nobody can tell: their numbers were not kept."""


class Tags:
    """Numbers and insides as tags that only this provider's seed makes."""

    def __init__(self, seed: bytes) -> None:
        self._key = derive(seed, b"last look tags")

    def of(self, number: int, plain: bytes) -> tuple[bytes, bytes]:
        """The tag of a number, and of what is under it."""
        named = number.to_bytes(4, "big")
        return self._tag(named), self._tag(named + plain)

    def _tag(self, said: bytes) -> bytes:
        return hashlib.blake2b(said, key=self._key, digest_size=TAG_LENGTH).digest()


class LastLook:
    """The tags of one look, and what makes such tags."""

    def __init__(self, kept: dict[bytes, bytes], tags: Tags) -> None:
        self._kept = kept
        self._tags = tags

    def compare(self, standing: Iterable[tuple[int, bytes]], into: Difference) -> Iterator[None]:
        """Fill `into` by what stands now, `SLICE` records at a turn."""
        gone = len(self._kept)
        for at, (number, plain) in enumerate(standing):
            named, inside = self._tags.of(number, plain)
            found = self._kept.get(named)
            if found is None:
                into.new.add(number)
            else:
                gone -= 1
                if found != inside:
                    into.changed.add(number)
            if at % SLICE == SLICE - 1:
                yield
        into.gone = gone


def read(folder: Path, seeds: Seeds) -> LastLook | None:
    """The last look, `None` where there was none that these seeds can read. Raises NotPrivate or KioskError."""
    try:
        raw = read_private(folder / FILE, longest=LONGEST)
    except Missing:
        return None
    return next((look for each in seeds if (look := _opened(raw, each))), None)


def _opened(raw: bytes, seed: bytes) -> LastLook | None:
    plain = _box(seed).open(raw[len(_MAGIC) :])
    if plain is None:
        return None
    (count,) = _COUNT.unpack_from(plain)
    step = 2 * TAG_LENGTH
    places = (plain[at : at + step] for at in range(_COUNT.size, _COUNT.size + count * step, step))
    return LastLook({place[:TAG_LENGTH]: place[TAG_LENGTH:] for place in places}, Tags(seed))


def keep(folder: Path, seed: bytes, standing: Iterable[tuple[int, bytes]]) -> None:
    """Keep the tags of what stands now in place of the last look, 0600. Raises KioskError.

    Sealed anew each time and filled up, so that whoever copies the file twice learns neither what is in it nor how
    many records came, went or changed in between.
    """
    tags = Tags(seed)
    places = sorted(b"".join(tags.of(number, plain)) for number, plain in standing)
    room = _SMALLEST
    while room < len(places):
        room *= 2
    filler = os.urandom((room - len(places)) * 2 * TAG_LENGTH)
    plain = _COUNT.pack(len(places)) + b"".join(places) + filler
    path = folder / FILE
    write_private(path, _MAGIC + _box(seed).seal(plain), replace=True)
    blur_times(path)


def _box(seed: bytes) -> SealedBox:
    return SealedBox(derive(seed, b"last look"), _MAGIC)
