"""The provider's seed as the desk passes it around: alone, or with the other one while it is being replaced."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Seeds:
    """The seed that the passphrase opens; during a rotation the other one comes with it, and either opens records."""

    current: bytes = field(repr=False)
    """The passphrase's own seed: what is written is sealed with this one."""
    other: bytes | None = field(default=None, repr=False)
    """The seed that is being replaced, or that replaces this one."""

    def __iter__(self) -> Iterator[bytes]:
        """The seeds to try, the passphrase's own first."""
        yield self.current
        if self.other is not None:
            yield self.other
