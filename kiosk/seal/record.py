"""Sealing: a summary goes in, bytes that only the recipients can open come out (docs/seal-format.md)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from kiosk.errors import KioskError
from kiosk.seal import sealed, summary_codec
from kiosk.seal.sealed import SEALED_LENGTH, SUITE_X25519, SUITE_XWING, SealedRecord
from schema.later import Sealable
from schema.sealed import _MAKER
from schema.summary import SummaryFault, is_number

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.hpke import MLKEM768X25519PublicKey, Suite

__all__ = ["SEALED_LENGTH", "Recipient", "RecipientFault", "SealedRecord", "context", "hpke_suite", "seal"]

CONTENT_KEY_LENGTH: Final = 32
_LABEL: Final = b"kiosk sealed record"
_MLKEM_PUBLIC_LENGTH: Final = 1184
_PUBLIC_LENGTH: Final = {SUITE_X25519: 32, SUITE_XWING: _MLKEM_PUBLIC_LENGTH + 32}


class RecipientFault(KioskError):
    """There is no usable public key to seal to."""

    hint = "Run `kiosk setup`, or give it the region's file."


@dataclass(frozen=True)
class Recipient:
    """A public key that records are sealed to. Raises RecipientFault unless suite and length fit."""

    suite: int
    """1 for X25519, 2 for X-Wing."""
    public: bytes
    """32 bytes, or 1,216: ML-KEM-768's encapsulation key and X25519's public key."""

    def __post_init__(self) -> None:
        if len(self.public) != _PUBLIC_LENGTH.get(self.suite):
            raise RecipientFault("A recipient's public key has the wrong length for its suite.")

    @cached_property
    def key_id(self) -> bytes:
        """Eight bytes that name this key in a slot."""
        import hashlib

        return hashlib.sha256(b"kiosk key id" + bytes([self.suite]) + self.public).digest()[:8]

    @cached_property
    def key(self) -> X25519PublicKey | MLKEM768X25519PublicKey:
        """The key as `cryptography` wants it."""
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

        if self.suite == SUITE_X25519:
            return X25519PublicKey.from_public_bytes(self.public)
        from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PublicKey
        from cryptography.hazmat.primitives.hpke import MLKEM768X25519PublicKey

        return MLKEM768X25519PublicKey(
            MLKEM768PublicKey.from_public_bytes(self.public[:_MLKEM_PUBLIC_LENGTH]),
            X25519PublicKey.from_public_bytes(self.public[_MLKEM_PUBLIC_LENGTH:]),
        )


@lru_cache(maxsize=2)
def hpke_suite(suite: int) -> Suite:
    """The HPKE suite (RFC 9180, base mode) behind a suite number."""
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

    kem = KEM.X25519 if suite == SUITE_X25519 else KEM.MLKEM768_X25519
    return Suite(kem, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def context(instrument: int, number: int) -> bytes:
    """HPKE's `info`: format, instrument and number, each behind its length in two bytes."""
    parts = (_LABEL, bytes([sealed.FORMAT]), instrument.to_bytes(2, "big"), number.to_bytes(4, "big"))
    return b"".join(len(part).to_bytes(2, "big") + part for part in parts)


def seal(summary: Sealable, number: int, recipients: Sequence[Recipient]) -> SealedRecord:
    """Seal to one to four recipients of one suite; `SEALED_LENGTH[suite]` bytes, whatever is inside.

    Raises RecipientFault when there is no recipient, too many, or of two suites; SummaryFault for a
    number out of range.
    """
    if not is_number(number):
        raise SummaryFault("number")
    suite = _one_suite(recipients)
    plain = summary_codec.encode(summary)
    instrument = summary_codec.instrument(summary)
    filler_length = (sealed.SLOTS - len(recipients)) * sealed.slot_length(suite)
    chance = os.urandom(CONTENT_KEY_LENGTH + sealed.NONCE_LENGTH + filler_length)
    content_key, nonce, filler = chance[:32], chance[32:44], chance[44:]
    hpke, info = hpke_suite(suite), context(instrument, number)
    slots = [each.key_id + hpke.encrypt(content_key, each.key, info=info) for each in recipients]
    head = b"".join((sealed.HEAD.pack(sealed.MAGIC, sealed.FORMAT, suite, instrument), *slots, filler))
    payload = _cipher()(content_key).encrypt(nonce, plain, head + number.to_bytes(4, "big"))
    return SealedRecord(head + nonce + payload, _MAKER)


@lru_cache(maxsize=1)
def _cipher() -> type[AESGCM]:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM


def _one_suite(recipients: Sequence[Recipient]) -> int:
    suites = {recipient.suite for recipient in recipients}
    if not recipients:
        raise RecipientFault("There is no public key to seal to.")
    if len(recipients) > sealed.SLOTS:
        raise RecipientFault("A record has room for four recipients.")
    if len(suites) > 1:
        raise RecipientFault("All recipients of a record have to use one suite.")
    return suites.pop()
