"""The sealed record as a type: its lengths, its head, and that nobody but the seal makes one (P6)."""

from __future__ import annotations

import struct
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
