"""What a visitor types to take back what she kept; a slip is told by its form, never by a look at any list."""

from __future__ import annotations

from kiosk.seal.phrase import normalised
from kiosk.sitting.summarising import PHRASE_WORDS
from kiosk.vault.numbers import parse

NUMBER_LENGTH = 16
"""Letters that the field for the number takes."""
WORDS_LENGTH = 60
"""Letters that the field for the words takes."""


def number_in(typed: str, *, practice: bool) -> int | None:
    """Return the number she typed; `None` when no kiosk can have given it."""
    return parse(typed, practice=practice)


def slip(number: int | None, phrase: str) -> str | None:
    """Return the key of the words that say what to look at again; `None` when it can go out."""
    if number is None:
        return "before-no-number"
    return None if len(normalised(phrase).split()) == PHRASE_WORDS else "before-no-words"
