"""The provider's key: one seed, what derives from it, and its wrapping by a passphrase."""

from __future__ import annotations

import hashlib
import hmac
import os
import struct
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kiosk.desk.keys.sealed_box import NONCE_LENGTH, SealedBox
from kiosk.errors import KioskError, Refused
from kiosk.seal.record import Recipient
from kiosk.seal.sealed import SUITE_X25519, SUITE_XWING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey

SEED_LENGTH: Final = 32
_MAGIC: Final = b"KSK1"
_ARGON2ID: Final = 1
_HEAD: Final = struct.Struct(">4sBIIB16s12s")
"""magic, kind of derivation, memory in KiB, passes, lanes, salt, nonce (with which the sealed box begins)."""
BLOB_LENGTH: Final = _HEAD.size + SEED_LENGTH + 16
_SHORTEST_PASSPHRASE: Final = 8


class NotAKey(Refused):
    """Bytes that are no wrapped provider key."""

    hint = "Put the provider's key back from its backup."


class WrongPassphrase(KioskError):
    """The key does not open."""

    hint = "Try the passphrase again; after that, suspect the key's copy and take another backup."


class WeakPassphrase(Refused):
    """A passphrase that is too short to wrap a key."""

    hint = "Use the one that set-up proposes, or six words of your own."


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess at the passphrase costs (Argon2id, RFC 9106)."""

    memory_kib: int = 128 * 1024
    passes: int = 3
    lanes: int = 4

    def bearable(self) -> bool:
        """Whether this machine may be asked for it: 8 KiB to 1 GiB, 10 passes, 8 lanes at most."""
        lowest = 8 * max(self.lanes, 1)
        return lowest <= self.memory_kib <= 1024 * 1024 and 1 <= self.passes <= 10 and 1 <= self.lanes <= 8


def new_seed() -> bytes:
    """A provider's seed, 32 random bytes. All keys derive from it."""
    return os.urandom(SEED_LENGTH)


def derive(seed: bytes, purpose: bytes) -> bytes:
    """32 bytes for one purpose. Raises NotAKey for a seed of another length."""
    if len(seed) != SEED_LENGTH:
        raise NotAKey("The provider's seed has the wrong length.")
    return hmac.digest(seed, b"kiosk provider " + purpose, "sha256")


def private_part(seed: bytes, suite: int) -> bytes:
    """32 bytes from which a suite's private key is made, and nothing else of the provider's can be."""
    return derive(seed, b"x25519" if suite == SUITE_X25519 else b"x-wing")


def x25519_of(part: bytes) -> X25519PrivateKey:
    """The private key of suite 1 from its `private_part`."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return X25519PrivateKey.from_private_bytes(part)


def _xwing_parts(part: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    """X-Wing's two keys from 32 bytes, as draft-connolly-cfrg-xwing-kem expands them."""
    from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    expanded = hashlib.shake_256(part).digest(96)
    lattice = MLKEM768PrivateKey.from_seed_bytes(expanded[:64])
    return lattice, X25519PrivateKey.from_private_bytes(expanded[64:])


def xwing_of(part: bytes) -> MLKEM768X25519PrivateKey:
    """The private key of suite 2 from its `private_part`."""
    from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey

    return MLKEM768X25519PrivateKey(*_xwing_parts(part))


def x25519_key(seed: bytes) -> X25519PrivateKey:
    """The private key of suite 1."""
    return x25519_of(private_part(seed, SUITE_X25519))


def xwing_key(seed: bytes) -> MLKEM768X25519PrivateKey:
    """The private key of suite 2."""
    return xwing_of(private_part(seed, SUITE_XWING))


def public_of(part: bytes, suite: int) -> Recipient:
    """The public key that belongs to a `private_part`."""
    if suite == SUITE_X25519:
        return Recipient(suite, x25519_of(part).public_key().public_bytes_raw())
    lattice, curve = _xwing_parts(part)
    return Recipient(suite, lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw())


def recipient(seed: bytes, suite: int = SUITE_X25519) -> Recipient:
    """The public key that stations seal to."""
    return public_of(private_part(seed, suite), suite)


def _wrapping_key(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    words = " ".join(unicodedata.normalize("NFKC", passphrase).split())
    kdf = Argon2id(salt=salt, length=32, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib)
    return kdf.derive(words.encode())


def wrap(seed: bytes, passphrase: str, cost: Cost | None = None) -> bytes:
    """The seed under the passphrase, 90 bytes: the only form in which it is ever stored. Raises WeakPassphrase."""
    cost = cost or Cost()
    if len(seed) != SEED_LENGTH or not cost.bearable():
        raise NotAKey("The provider's key cannot be wrapped like this.")
    if len(passphrase.strip()) < _SHORTEST_PASSPHRASE:
        raise WeakPassphrase("The passphrase is too short.")
    salt, nonce = os.urandom(16), os.urandom(NONCE_LENGTH)
    head = _HEAD.pack(_MAGIC, _ARGON2ID, cost.memory_kib, cost.passes, cost.lanes, salt, nonce)
    box = SealedBox(_wrapping_key(passphrase, salt, cost), head)
    return head[:-NONCE_LENGTH] + box.seal(seed, nonce)


def unwrap(blob: bytes, passphrase: str) -> bytes:
    """The seed. Raises NotAKey, WrongPassphrase, or KioskError when memory is short."""
    if len(blob) != BLOB_LENGTH:
        raise NotAKey("The provider's key has the wrong length.")
    magic, kind, memory, passes, lanes, salt, _ = _HEAD.unpack_from(blob)
    cost = Cost(memory, passes, lanes)
    if magic != _MAGIC or kind != _ARGON2ID or not cost.bearable():
        raise NotAKey("The provider's key is of another kind, or asks for absurd work.")
    try:
        box = SealedBox(_wrapping_key(passphrase, salt, cost), blob[: _HEAD.size])
    except MemoryError:
        raise KioskError("There is not enough memory to open the provider's key.") from None
    seed = box.open(blob[_HEAD.size - NONCE_LENGTH :])
    if seed is None:
        raise WrongPassphrase("The passphrase is wrong, or the key was altered.")
    return seed
