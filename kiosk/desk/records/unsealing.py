"""Opening: the only way back from a sealed record, for whoever holds the provider's seed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.desk.keys import derivation
from kiosk.desk.keys.seeds import Seeds
from kiosk.errors import Refused
from kiosk.seal import sealed, summary_codec
from kiosk.seal.record import context, hpke_suite
from kiosk.seal.sealed import HEAD, SUITE_X25519, SUITE_XWING
from schema.later import Sealable

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey

PARTS_LENGTH: Final = 64
"""Bytes of one seed's private parts: 32 for X25519, 32 for X-Wing."""
_HALF: Final = PARTS_LENGTH // 2


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


def private_parts(seeds: Seeds) -> bytes:
    """What the private keys of both suites are made from, 64 bytes a seed, two seeds during a rotation.

    Raises NotAKey for a bad seed.
    """
    return b"".join(derivation.private_part(each, suite) for each in seeds for suite in (SUITE_X25519, SUITE_XWING))


class Opener:
    """Opens records with one provider's private keys, whatever their suite. Raises NotAKey for a bad seed."""

    def __init__(self, seeds: Seeds) -> None:
        self._take(private_parts(seeds))

    @classmethod
    def of_parts(cls, parts: bytes) -> Opener:
        """One that was given `private_parts` only: it can open, and derive nothing else of the provider's."""
        opener = cls.__new__(cls)
        opener._take(parts)
        return opener

    def _take(self, parts: bytes) -> None:
        self._keys: dict[int, dict[bytes, X25519PrivateKey | MLKEM768X25519PrivateKey]] = {
            SUITE_X25519: {},
            SUITE_XWING: {},
        }
        for start in range(0, len(parts), PARTS_LENGTH):
            curve, lattice = parts[start : start + _HALF], parts[start + _HALF : start + PARTS_LENGTH]
            self._keys[SUITE_X25519][derivation.public_of(curve, SUITE_X25519).key_id] = derivation.x25519_of(curve)
            self._keys[SUITE_XWING][derivation.public_of(lattice, SUITE_XWING).key_id] = derivation.xwing_of(lattice)

    def open(self, number: int, untrusted_sealed: bytes) -> Sealable:
        """What was sealed under `number`. Raises one of NotOpened's kinds, and gives nothing back then."""
        return read(self.plain(number, untrusted_sealed), instrument_of(untrusted_sealed))

    def plain(self, number: int, untrusted_sealed: bytes) -> bytes:
        """The inside of a record as bytes that nobody has read yet. Raises NotOpened, but never Malformed."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        suite, instrument = _outside(untrusted_sealed)
        content_key = self._content_key(suite, instrument, number, untrusted_sealed)
        payload_at = len(untrusted_sealed) - sealed.PAYLOAD_LENGTH
        head = untrusted_sealed[: payload_at - sealed.NONCE_LENGTH]
        nonce, payload = untrusted_sealed[len(head) : payload_at], untrusted_sealed[payload_at:]
        try:
            return AESGCM(content_key).decrypt(nonce, payload, head + number.to_bytes(4, "big"))
        except InvalidTag:
            raise Damaged("The record was altered.") from None

    def _content_key(self, suite: int, instrument: int, number: int, untrusted_sealed: bytes) -> bytes:
        from cryptography.exceptions import InvalidTag

        known = self._keys[suite]
        named = sealed.key_ids(untrusted_sealed, suite)
        slot = next((at for at, key_id in enumerate(named) if key_id in known), None)
        if slot is None:
            raise NotOurs("The record is sealed to other keys.")
        step = sealed.slot_length(suite)
        start = HEAD.size + slot * step
        wrapped = untrusted_sealed[start + sealed.KEY_ID_LENGTH : start + step]
        try:
            return hpke_suite(suite).decrypt(wrapped, known[named[slot]], info=context(instrument, number))
        except (InvalidTag, ValueError):
            raise WrongKey("The record's slot does not open under this number.") from None


def _outside(untrusted_sealed: bytes) -> tuple[int, int]:
    try:
        return sealed.outside(untrusted_sealed)
    except sealed.NotSealed:
        raise UnknownFormat("The record is of no known format.") from None


def instrument_of(untrusted_sealed: bytes) -> int:
    """The instrument that a record's head names. Raises UnknownFormat."""
    return _outside(untrusted_sealed)[1]


def read(plain: bytes, instrument: int) -> Sealable:
    """The inside of a record whose head names `instrument`. Raises Malformed."""
    try:
        item = summary_codec.decode(plain)
    except summary_codec.CodecFault:
        raise Malformed("The record opens, and holds no summary of this version.") from None
    if summary_codec.instrument(item) != instrument:
        raise Malformed("The record's head names another instrument than its inside.")
    return item
