"""What of desk.toml is secret or vouched for: each under a key of its own, derived from the provider's seed."""

from __future__ import annotations

import hmac

from kiosk.desk.keys.derivation import derive
from kiosk.desk.keys.sealed_box import SealedBox


def mac(body: bytes, seed: bytes) -> bytes:
    """What vouches for the file: without it somebody could add a public key of his own to all stations' files."""
    return hmac.digest(derive(seed, b"desk.toml mac"), body, "sha256").hex().encode()


def wrap(secret: bytes, seed: bytes, place: str) -> str:
    """A secret under the desk's key, bound to its place in the file."""
    return _box(seed, place).seal(secret).hex()


def unwrap(text: str, seed: bytes, place: str) -> bytes:
    """The secret again. Raises ValueError where the seed or the place is another."""
    secret = _box(seed, place).open(bytes.fromhex(text))
    if secret is None:
        raise ValueError
    return secret


def _box(seed: bytes, place: str) -> SealedBox:
    return SealedBox(derive(seed, b"desk.toml"), place.encode())
