"""A passphrase worth writing on paper: plain words, drawn at random."""

from __future__ import annotations

import secrets
from functools import lru_cache
from pathlib import Path
from typing import Final

WORDS: Final = 6
"""Words of a proposed passphrase: 62 bits from the 1,332 of the list."""


@lru_cache(maxsize=1)
def word_list() -> tuple[str, ...]:
    """Plain English words of three to ten small letters, each once."""
    return tuple(Path(__file__).with_name("words.txt").read_text("ascii").split())


def propose(words: int = WORDS) -> str:
    """A new passphrase, words with a space between."""
    return " ".join(secrets.choice(word_list()) for _ in range(words))
