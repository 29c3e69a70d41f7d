"""Opening: the only way back from a sealed record, for whoever holds the provider's seed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.desk import keys
from kiosk.errors import Refused
from kiosk.seal import sealed, summary_codec
from kiosk.seal.record import context, hpke_suite
from kiosk.seal.sealed import HEAD, SUITE_X25519, SUITE_XWING
from schema.later import Sealable

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey


class NotOpened(Refused):
    """A record that stays closed. The sentence never holds anything of it."""

    hint = "The record is shown apart and never ranked; the others are not touched by it."


class UnknownFormat(NotOpened):
    """No sealed record that this version knows: magic, format, suite or length."""


class NotOurs(NotOpened):
    """None of the slots names a key of this provider."""


class WrongKey(NotOpened):
    """A slot names our key, and does not open: altered, or moved to another number or instrument."""


class Damaged(NotOpened):
    """The content key opens, and the payload does not: something between head and tag was altered."""


class Malformed(NotOpened):
    """The record opens, and what is inside is no summary of this version."""


class Opener:
    """Opens records with one provider's seed, whatever their suite. Raises NotAKey for a bad seed."""

    def __init__(self, seed: bytes) -> None:
        self._keys: dict[int, X25519PrivateKey | MLKEM768X25519PrivateKey] = {
            SUITE_X25519: keys.x25519_key(seed),
            SUITE_XWING: keys.xwing_key(seed),
        }
        self._key_ids = {suite: keys.recipient(seed, suite).key_id for suite in self._keys}

    def open(self, number: int, untrusted_sealed: bytes) -> Sealable:
        """What was sealed under `number`. Raises one of NotOpened's kinds, and gives nothing back then."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        suite, instrument = self._outside(untrusted_sealed)
        content_key = self._content_key(suite, instrument, number, untrusted_sealed)
        payload_at = len(untrusted_sealed) - sealed.PAYLOAD_LENGTH
        head = untrusted_sealed[: payload_at - sealed.NONCE_LENGTH]
        nonce, payload = untrusted_sealed[len(head) : payload_at], untrusted_sealed[payload_at:]
        try:
            plain = AESGCM(content_key).decrypt(nonce, payload, head + number.to_bytes(4, "big"))
        except InvalidTag:
            raise Damaged("The record was altered.") from None
        return self._read(plain, instrument)

    def _outside(self, untrusted_sealed: bytes) -> tuple[int, int]:
        try:
            return sealed.outside(untrusted_sealed)
        except sealed.NotSealed:
            raise UnknownFormat("The record is of no known format.") from None

    def _content_key(self, suite: int, instrument: int, number: int, untrusted_sealed: bytes) -> bytes:
        from cryptography.exceptions import InvalidTag

        named = sealed.key_ids(untrusted_sealed, suite)
        if self._key_ids[suite] not in named:
            raise NotOurs("The record is sealed to other keys.")
        step = sealed.slot_length(suite)
        start = HEAD.size + named.index(self._key_ids[suite]) * step
        wrapped = untrusted_sealed[start + sealed.KEY_ID_LENGTH : start + step]
        try:
            return hpke_suite(suite).decrypt(wrapped, self._keys[suite], info=context(instrument, number))
        except (InvalidTag, ValueError):
            raise WrongKey("The record's slot does not open under this number.") from None

    def _read(self, plain: bytes, instrument: int) -> Sealable:
        try:
            item = summary_codec.decode(plain)
        except summary_codec.CodecFault:
            raise Malformed("The record opens, and holds no summary of this version.") from None
        if summary_codec.instrument(item) != instrument:
            raise Malformed("The record's head names another instrument than its inside.")
        return item
