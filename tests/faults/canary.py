"""Words that nobody ever said before, a fresh set each run, and looking for them in any form they may have taken."""

from __future__ import annotations

import base64
import os
import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

_LETTERS: Final = "bcdfghjkmpqvwxz"
"""Letters of which no word, no name and no library's table is made."""
_CORE: Final = 10
_MIDDLE: Final = slice(4, 8)
"""Letters that stand in every eight letters in a row of a canary."""
_LEAST: Final = 6
"""Eight letters in a row of any canary hold at least six of what all canaries have in common."""
_AROUND: Final = 40
_PIECE: Final = 1 << 24
_OVERLAP: Final = 256
_NOT_SHOWN: Final = ("[vvar]", "[vsyscall]", "[vvar_vclock]", "[vdso]")


class Canaries:
    """Canaries for one run: twelve letters each, ten of them the same, two that tell the field."""

    def __init__(self) -> None:
        dice = random.SystemRandom()
        self._core = "".join(dice.choice(_LETTERS) for _ in range(_CORE))
        self.fields: dict[str, str] = {}
        """Field, with the visit's name, to the canary typed there."""
        self.visit = ""
        """The visit that is going on."""
        self._needles = tuple(_forms(self._core[_MIDDLE]))
        pieces = [self._core[start : start + _LEAST] for start in range(_CORE - _LEAST + 1)]
        self._proofs = tuple(form for piece in pieces for form in _forms(piece))

    def fresh(self, field: str) -> str:
        """A canary for a field."""
        count = len(self.fields)
        made = self._core + _LETTERS[count // len(_LETTERS)] + _LETTERS[count % len(_LETTERS)]
        self.fields[self.name(field)] = made
        return made

    def name(self, field: str) -> str:
        """What a field is called in this visit."""
        return f"{self.visit}: {field}"

    def hits(self, data: bytes) -> list[bytes]:
        """What stands around every eight letters in a row of any canary in `data`, whatever its form.

        Zeros between letters (UTF-16, UTF-32, letters one by one) are passed over.
        """
        close = data.translate(None, b"\0")
        return [
            around
            for needle in self._needles
            for place in _places(close, needle)
            for around in [close[max(place - _AROUND, 0) : place + _AROUND]]
            if any(proof in around for proof in self._proofs)
        ]

    def whole(self, data: Iterable[bytes]) -> set[str]:
        """The fields whose whole canary stands in `data`."""
        found: set[str] = set()
        for piece in data:
            close = piece.translate(None, b"\0")
            found |= {name for name in self.fields.keys() - found if self.fields[name].encode() in close}
        return found


def _places(data: bytes, needle: bytes) -> Iterator[int]:
    place = data.find(needle)
    while place >= 0:
        yield place
        place = data.find(needle, place + 1)


def _forms(text: str) -> Iterator[bytes]:
    """A text as it is, backwards, as capitals, in hexadecimal, and in base64 at each offset."""
    for turned in (text.encode(), text[::-1].encode()):
        yield turned
        yield turned.upper()
        yield turned.hex().encode()
        yield turned.hex().upper().encode()
        for before in range(3):
            coded = base64.b64encode(bytes(before) + turned)
            # a letter at an edge also holds bits of what stands beside the text
            yield coded[-(-before * 8 // 6) : (before + len(turned)) * 8 // 6]


def memory(pid: int) -> Iterator[bytes]:
    """Every piece of a process's memory that anybody could have written. Raises PermissionError if it is not shown."""
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as file:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            span, rights, _, _, inode, *name = line.split(None, 5)
            if rights[0] != "r" or (name and name[0] in _NOT_SHOWN):
                continue
            if rights[1] != "w" and inode != "0" and "/memfd:" not in line:
                continue  # the file's own bytes
            start, _, stop = span.partition("-")
            yield from _read(file.fileno(), int(start, 16), int(stop, 16))


def _read(descriptor: int, start: int, stop: int) -> Iterator[bytes]:
    """Pieces that overlap, so that nothing hides on an edge."""
    while start < stop:
        try:
            piece = os.pread(descriptor, min(_PIECE, stop - start), start)
        except OSError:
            return
        if not piece:
            return
        yield piece
        start += len(piece) if start + len(piece) >= stop else max(len(piece) - _OVERLAP, 1)
