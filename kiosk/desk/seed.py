"""The provider's seed as the desk passes it around: alone, or with the other one while it is being replaced."""

from __future__ import annotations


class Seed(bytes):
    """The seed that the passphrase opens; during a rotation the other one comes with it, and either opens records."""

    other: bytes | None = None
    """The seed that is being replaced, or that replaces this one."""

    @classmethod
    def of(cls, seed: bytes, other: bytes | None = None) -> Seed:
        """`seed`, with `other` beside it."""
        made = cls(seed)
        made.other = other
        return made

    def __repr__(self) -> str:
        return "Seed()"

    __str__ = __repr__


def every(seed: bytes) -> tuple[bytes, ...]:
    """The seeds to try, the passphrase's own first."""
    other = seed.other if isinstance(seed, Seed) else None
    return (bytes(seed),) if other is None else (bytes(seed), other)
