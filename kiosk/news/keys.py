"""What a station needs to look up one provider's news: its secret, and who signs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

SECRET_LENGTH: Final = 32


@dataclass(frozen=True, slots=True)
class NewsKey:
    """One provider of the area, as its news are looked up. Every desk and station of the area holds it."""

    region: str
    """The code of the region whose desk writes the edition."""
    secret: bytes = field(repr=False)
    """32 random bytes, without which an edition tells its size alone."""
    signers: tuple[bytes, ...]
    """The public halves of the keys that sign the editions."""
