"""The provider's signing key: it derives from the seed and is never stored; its public half is in every region file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.desk.keys.derivation import derive
from kiosk.vault.signatures import signed

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from kiosk.desk.keys.seeds import Seeds


def _key(seed: bytes) -> Ed25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(derive(seed, b"ed25519"))


def signers_of(seeds: Seeds) -> tuple[bytes, ...]:
    """The public halves: the present key's, and during a rotation the other one's."""
    return tuple(_key(seed).public_key().public_bytes_raw() for seed in seeds)


def sign(label: bytes, body: bytes, seeds: Seeds) -> tuple[bytes, ...]:
    """A signature by each of the seeds, so that stations that know one of them alone obey."""
    return tuple(_key(seed).sign(signed(label, body)) for seed in seeds)
