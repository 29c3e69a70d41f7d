"""Parts sealed into one file under a passphrase: the same box as the provider's other small secret files.

The file is the wrapped seed (`kiosk.desk.keys.derivation.wrap`, 90 bytes: Argon2id and AES-256-GCM), then each part:
its length in four bytes, and a `SealedBox` of it under a key derived from the seed. A part is compressed, filled up to
a power of two, and bound to the file's kind, to its place and to all parts before it.
"""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass, field
from typing import Final

from kiosk.desk.keys.derivation import BLOB_LENGTH, Cost, derive, new_seed, unwrap, wrap
from kiosk.desk.keys.sealed_box import SealedBox
from kiosk.errors import Refused

LONGEST: Final = 128 * 1024 * 1024
"""The most bytes of a file, and of one part unpacked."""
_SMALLEST: Final = 4096
_LENGTH: Final = 4


class NotSealedHere(Refused):
    """A file of another kind, cut short or altered."""

    hint = "Take the former generation (the same name and `.former`), or another copy."


@dataclass(frozen=True, slots=True)
class Lock:
    """What one file is sealed with, once its passphrase was right."""

    kind: bytes
    head: bytes = field(repr=False)
    """The wrapped seed, as the file begins."""
    seed: bytes = field(repr=False)

    @classmethod
    def new(cls, kind: bytes, passphrase: str, cost: Cost | None = None) -> Lock:
        """A lock for a new file. Raises WeakPassphrase."""
        seed = new_seed()
        return cls(kind, wrap(seed, passphrase, cost), seed)

    @classmethod
    def of(cls, kind: bytes, untrusted: bytes, passphrase: str) -> Lock:
        """The lock of a file that is there. Raises NotAKey or WrongPassphrase."""
        head = untrusted[:BLOB_LENGTH]
        return cls(kind, head, unwrap(head, passphrase))

    def seal(self, plain: bytes, before: bytes) -> bytes:
        """One part with its length, to stand behind the sealed bytes `before`."""
        packed = zlib.compress(plain, 1)
        room = _SMALLEST
        while room < len(packed) + _LENGTH:
            room *= 2
        padded = (len(packed).to_bytes(_LENGTH, "big") + packed).ljust(room, b"\0")
        box = self._box(before).seal(padded)
        return len(box).to_bytes(_LENGTH, "big") + box

    def open(self, untrusted: bytes, parts: int) -> list[bytes]:
        """The parts of a file. Raises NotSealedHere."""
        found: list[bytes] = []
        at = len(self.head)
        for _ in range(parts):
            end = at + _LENGTH + int.from_bytes(untrusted[at : at + _LENGTH], "big")
            padded = self._box(untrusted[:at]).open(untrusted[at + _LENGTH : end])
            if padded is None or end > len(untrusted):
                raise NotSealedHere("The file was cut short, altered, or is of another kind.")
            length = int.from_bytes(padded[:_LENGTH], "big")
            unpacking = zlib.decompressobj()
            found.append(unpacking.decompress(padded[_LENGTH : _LENGTH + length], LONGEST))
            at = end
        if at != len(untrusted):
            raise NotSealedHere("The file is longer than it was written.")
        return found

    def _box(self, before: bytes) -> SealedBox:
        place = self.kind + b"\0" + hashlib.sha256(before).digest()
        return SealedBox(derive(self.seed, self.kind), place)
