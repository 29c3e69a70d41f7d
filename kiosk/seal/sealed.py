"""What a sealed record looks like from outside, and who may take one from a line (P6)."""

from __future__ import annotations

from collections.abc import Collection

from schema.sealed import (
    _MAKER,
    FORMAT,
    HEAD,
    KEY_ID_LENGTH,
    MAGIC,
    NONCE_LENGTH,
    PAYLOAD_LENGTH,
    PLAIN_LENGTH,
    SEALED_LENGTH,
    SLOTS,
    SUITE_X25519,
    SUITE_XWING,
    TAG_LENGTH,
    WRAPPED_LENGTH,
    SealedRecord,
)

__all__ = [
    "FORMAT",
    "HEAD",
    "KEY_ID_LENGTH",
    "MAGIC",
    "NONCE_LENGTH",
    "PAYLOAD_LENGTH",
    "PLAIN_LENGTH",
    "SEALED_LENGTH",
    "SLOTS",
    "SUITE_X25519",
    "SUITE_XWING",
    "TAG_LENGTH",
    "WRAPPED_LENGTH",
    "NotSealed",
    "SealedRecord",
    "admit",
    "key_ids",
    "outside",
    "slot_length",
]


class NotSealed(ValueError):
    """Bytes that do not look like a sealed record from outside."""


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
