"""A small file's inside under one key of the provider's: a nonce of 12 bytes, then AES-256-GCM (NIST SP 800-38D)."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Final

NONCE_LENGTH: Final = 12


@dataclass(frozen=True, slots=True)
class SealedBox:
    """Seals and opens under one key, for one place."""

    key: bytes = field(repr=False)
    """32 bytes, used for nothing else: `kiosk.desk.keys.derivation.derive` makes one for a purpose."""
    place: bytes
    """What the box is bound to: it opens with the same place only."""

    def seal(self, plain: bytes, nonce: bytes | None = None) -> bytes:
        """The nonce, and `plain` sealed under it, 28 bytes longer. A nonce that is given must be fresh."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = nonce or os.urandom(NONCE_LENGTH)
        return nonce + AESGCM(self.key).encrypt(nonce, plain, self.place)

    def open(self, untrusted: bytes) -> bytes | None:
        """What was sealed, `None` where it is another key's or place's, cut short or altered."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        try:
            return AESGCM(self.key).decrypt(untrusted[:NONCE_LENGTH], untrusted[NONCE_LENGTH:], self.place)
        except (InvalidTag, ValueError):
            return None
