"""The sealed record as a type: what its outside looks like, and who may make one (P6)."""

from __future__ import annotations

import struct
from collections.abc import Collection
from typing import Final, Self

MAGIC: Final = b"KSR1"
"""The first four bytes of every sealed record."""
FORMAT: Final = 1
"""The version of the byte layout."""
SUITE_X25519: Final = 1
"""HPKE with X25519, HKDF-SHA256 and AES-256-GCM."""
SUITE_XWING: Final = 2
"""HPKE with X-Wing (ML-KEM-768 and X25519), HKDF-SHA256 and AES-256-GCM."""

HEAD: Final = struct.Struct(">4sBBH")
"""magic 4, format 1, suite 1, instrument 2."""
SLOTS: Final = 4
"""Slots in every record; what no recipient needs is random."""
KEY_ID_LENGTH: Final = 8
WRAPPED_LENGTH: Final = {SUITE_X25519: 32 + 48, SUITE_XWING: 1120 + 48}
"""Bytes of one wrapped content key: encapsulated key, 32 bytes of key, 16 of tag."""
NONCE_LENGTH: Final = 12
TAG_LENGTH: Final = 16
PLAIN_LENGTH: Final = 160
"""Bytes of every padded summary."""

PAYLOAD_LENGTH: Final = PLAIN_LENGTH + TAG_LENGTH
SEALED_LENGTH: Final[dict[int, int]] = {
    suite: HEAD.size + SLOTS * (KEY_ID_LENGTH + wrapped) + NONCE_LENGTH + PAYLOAD_LENGTH
    for suite, wrapped in WRAPPED_LENGTH.items()
}
"""The one length of every record of a suite, in bytes: 548 and 4,900."""

_MAKER: Final = object()


class NotSealed(ValueError):
    """Bytes that do not look like a sealed record from outside."""


class SealedRecord(bytes):
    """One sealed record. Only `kiosk.seal.record.seal` makes them and only `admit` takes them from a line."""

    __slots__ = ()

    def __new__(cls, data: bytes, maker: object = None) -> Self:
        """Raises TypeError unless this module's own maker is given."""
        if maker is not _MAKER:
            raise TypeError("only seal() makes a sealed record")
        return super().__new__(cls, data)

    def __repr__(self) -> str:
        return f"SealedRecord({len(self)} bytes)"

    __str__ = __repr__


def slot_length(suite: int) -> int:
    """Bytes of one slot: key id and wrapped content key."""
    return KEY_ID_LENGTH + WRAPPED_LENGTH[suite]


def key_ids(sealed: bytes, suite: int) -> tuple[bytes, ...]:
    """The four key ids, in the order of the slots."""
    step = slot_length(suite)
    starts = range(HEAD.size, HEAD.size + SLOTS * step, step)
    return tuple(sealed[start : start + KEY_ID_LENGTH] for start in starts)


def outside(untrusted: bytes) -> tuple[int, int]:
    """The suite and instrument that the head names. Raises NotSealed unless magic, format and length fit."""
    if len(untrusted) < HEAD.size:
        raise NotSealed("shorter than a head")
    magic, form, suite, instrument = HEAD.unpack_from(untrusted)
    if magic != MAGIC or form != FORMAT:
        raise NotSealed("another magic or format")
    if len(untrusted) != SEALED_LENGTH.get(suite):
        raise NotSealed("another length than its suite's")
    return suite, instrument


def admit(untrusted: bytes, recipients: Collection[bytes]) -> SealedRecord:
    """Take a record from a line or a file, looking at its outside only.

    `recipients` are the key ids it has to be sealed to, every one of them. Raises NotSealed.
    """
    suite, _ = outside(untrusted)
    named = key_ids(untrusted, suite)
    if not recipients or not all(key_id in named for key_id in recipients):
        raise NotSealed("not sealed to this station's recipients")
    return SealedRecord(untrusted, _MAKER)
