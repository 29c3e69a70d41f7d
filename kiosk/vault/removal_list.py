"""The provider's removal list: numbered, signed, and for each station a sealed part that nobody else can read.

It has one length, whatever is removed and however many stations there are: docs/seal-format.md, "A removal list".
"""

from __future__ import annotations

import hmac
import os
import secrets
import struct
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from kiosk.errors import Refused
from kiosk.vault.signatures import MOST, REMOVAL_LIST, SIGNATURE_LENGTH, holds

MAGIC: Final = b"KSRL"
VERSION: Final = 1
PARTS: Final = 128
"""Parts of a list: one for each station there can be, the others random."""
IN_A_PART: Final = 64
"""Numbers of a part; places that are not used hold 0."""
_HEAD: Final = struct.Struct(">4sB3xQ16s32s")
"""magic, version, three zeros, serial, the region's mark, salt."""
_PART: Final = struct.Struct(f">{IN_A_PART}I")
_PART_LENGTH: Final = _PART.size + 16
_BODY: Final = _HEAD.size + PARTS * _PART_LENGTH
LENGTH: Final = _BODY + MOST * SIGNATURE_LENGTH
"""Bytes of every list."""

Sign = Callable[[bytes], tuple[bytes, ...]]
"""Makes the signatures over a list's body."""


class NotTheProviders(Refused):
    """A removal list that is not whole, is another region's, or was signed by nobody whom this station knows."""

    hint = "Nothing was removed. Ask the provider, by voice, whether this file is theirs."


class SignerUnknown(NotTheProviders):
    """This station's own file is older than signed lists: it cannot know the provider's signature."""

    hint = (
        "On the provider's machine: `kiosk region --again --station LABEL FILE`; here: `kiosk region --take FILE`. "
        "Nothing was removed until then."
    )


def region_mark(number_key: bytes) -> bytes:
    """16 bytes by which a region knows its own files; they tell nothing to anybody else."""
    return hmac.digest(number_key, b"kiosk stick region", "sha256")[:16]


@dataclass(frozen=True, slots=True)
class RemovalList:
    """A list that the provider signed."""

    serial: int
    _body: bytes = field(repr=False)

    def part(self, station_secret: bytes) -> frozenset[int] | None:
        """The numbers that one station is to remove; `None` where it has no part of this list."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        head = self._body[: _HEAD.size]
        opener = AESGCM(_part_key(station_secret, head))
        for at in range(_HEAD.size, _BODY, _PART_LENGTH):
            try:
                plain = opener.decrypt(bytes(12), self._body[at : at + _PART_LENGTH], head)
            except InvalidTag:
                continue
            return frozenset(_PART.unpack(plain)) - {0}
        return None


def make(serial: int, number_key: bytes, parts: Mapping[bytes, Collection[int]], sign: Sign) -> bytes:
    """A list of numbers by station secret, 64 each at most, in parts that are shuffled and filled up at random."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    head = _HEAD.pack(MAGIC, VERSION, serial, region_mark(number_key), os.urandom(32))
    sealed = [os.urandom(_PART_LENGTH) for _ in range(PARTS - len(parts))]
    for station_secret, numbers in parts.items():
        plain = _PART.pack(*numbers, *(0 for _ in range(IN_A_PART - len(numbers))))
        # the key is this list's and this station's alone, and is used once: a nonce of zeros repeats nothing
        sealed.append(AESGCM(_part_key(station_secret, head)).encrypt(bytes(12), plain, head))
    secrets.SystemRandom().shuffle(sealed)
    body = head + b"".join(sealed)
    signatures = sign(body)
    return body + b"".join(signatures) + os.urandom((MOST - len(signatures)) * SIGNATURE_LENGTH)


def read(untrusted: bytes, number_key: bytes, signers: Collection[bytes]) -> RemovalList:
    """A list that one of `signers` signed. Raises NotTheProviders or SignerUnknown."""
    if not signers:
        raise SignerUnknown("This station does not know its provider's signature yet, so it obeys no removal list.")
    body, rest = untrusted[:_BODY], untrusted[_BODY:]
    signatures = [rest[at : at + SIGNATURE_LENGTH] for at in range(0, len(rest), SIGNATURE_LENGTH)]
    if len(untrusted) != LENGTH or not holds(REMOVAL_LIST, body, signatures, signers):
        raise NotTheProviders("The removal list is not signed by this station's provider.")
    magic, version, serial, mark, _ = _HEAD.unpack_from(body)
    if (magic, version) != (MAGIC, VERSION) or not hmac.compare_digest(mark, region_mark(number_key)):
        raise NotTheProviders("The removal list is of another region, or of a later version of kiosk.")
    return RemovalList(serial, body)


def _part_key(station_secret: bytes, head: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, salt=head[-32:], info=b"kiosk removal part").derive(station_secret)
