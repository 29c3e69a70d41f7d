"""What a station needs to look up one provider's news: its secret, and who signs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

SECRET_LENGTH: Final = 32
MOST_PROVIDERS: Final = 16
"""Providers of an area: each costs a look-up half a second."""


@dataclass(frozen=True, slots=True)
class NewsKey:
    """One provider of the area, as its news are looked up. Every desk and station of the area holds it."""

    region: str
    """The code of the region whose desk writes the edition."""
    secret: bytes = field(repr=False)
    """32 random bytes, without which an edition tells its size alone."""
    signers: tuple[bytes, ...]
    """The public halves of the keys that sign the editions."""

    def to_table(self) -> dict[str, Any]:
        """It as JSON holds it, in region files and snapshots."""
        return {"region": self.region, "secret": self.secret.hex(), "signers": [each.hex() for each in self.signers]}

    @classmethod
    def from_table(cls, table: dict[str, Any]) -> NewsKey:
        """It again. Raises KeyError, TypeError or ValueError."""
        signers = tuple(bytes.fromhex(each) for each in table["signers"])
        return cls(str(table["region"]), bytes.fromhex(table["secret"]), signers)
