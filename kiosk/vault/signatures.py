"""What the provider signs for its stations, and how a station sees that nobody else did (Ed25519, RFC 8032).

Every kind of file has a label of its own, so that what was signed as one can never be shown as another.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

SIGNER_LENGTH: Final = 32
"""Bytes of the public half."""
SIGNATURE_LENGTH: Final = 64
MOST: Final = 2
"""Keys that may sign at a time: the provider's present one and, while it is being replaced, the one before."""
REGION_FILE: Final = b"kiosk region file 2"
REMOVAL_LIST: Final = b"kiosk removal list 1"
NEWS_EDITION: Final = b"kiosk news edition 1"


def signed(label: bytes, body: bytes) -> bytes:
    """What is signed of a body: its label goes before it."""
    return label + b"\0" + body


def holds(label: bytes, body: bytes, signatures: Collection[bytes], signers: Collection[bytes]) -> bool:
    """Whether one of `signers` made one of `signatures` over the body."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    for signer in signers:
        for signature in signatures:
            try:
                Ed25519PublicKey.from_public_bytes(signer).verify(signature, signed(label, body))
            except (InvalidSignature, ValueError):
                continue
            return True
    return False
