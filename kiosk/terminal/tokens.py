"""The whole pieces that a terminal's input is cut into."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final

PASTE_LIMIT: Final = 4_000
"""Characters of one paste that are kept."""


class Kind(Enum):
    """What a piece is."""

    TEXT = auto()
    """Letters and single control characters, in their order."""
    ESCAPE = auto()
    """The Esc key."""
    SEQUENCE = auto()
    """A whole control sequence."""
    PASTE = auto()
    """The body of one paste, as it came, at most `PASTE_LIMIT` characters."""


@dataclass(frozen=True, slots=True)
class Token:
    """One whole piece of input."""

    kind: Kind
    text: str = field(default="", repr=False)
    cut: bool = False
    """Whether a paste was longer than what is kept of it."""
