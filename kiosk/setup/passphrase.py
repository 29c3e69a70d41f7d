"""An operator's own passphrase: weighed, checked, or read from a file. None ever comes from an argument."""

from __future__ import annotations

import math
import unicodedata
from enum import Enum
from pathlib import Path

from kiosk.errors import Refused

SHORTEST = 12
"""Characters of the shortest passphrase that is taken."""

LONGEST = 200
"""Characters of the longest passphrase that is taken."""


class BadPassphrase(Refused):
    """A passphrase cannot be used."""

    hint = f"Use {SHORTEST} to {LONGEST} characters: four or more unrelated words are good."


class Strength(Enum):
    """How long a passphrase would hold out, in words for the operator."""

    WEAK = "Weak: it would be guessed. Add words that have nothing to do with each other."
    FAIR = "Fair. One or two more words make it good."
    GOOD = "Good."


def strength(passphrase: str) -> Strength:
    """How strong a passphrase is at best: repeats and runs count for little. It can be weaker than this says."""
    kinds = sum(size for size, has in _kinds(passphrase) if has)
    telling = sum(not _expected(passphrase, place) for place in range(len(passphrase)))
    bits = telling * math.log2(max(kinds, 2)) * (0.5 if passphrase.isalpha() else 0.65)
    return Strength.GOOD if bits >= 60 else Strength.FAIR if bits >= 40 else Strength.WEAK


def _kinds(passphrase: str) -> list[tuple[int, bool]]:
    """Sizes of the alphabets that a passphrase draws from."""
    return [
        (26, any(letter.islower() for letter in passphrase)),
        (26, any(letter.isupper() for letter in passphrase)),
        (10, any(letter.isdigit() for letter in passphrase)),
        (20, any(not letter.isalnum() for letter in passphrase)),
    ]


def _expected(passphrase: str, place: int) -> bool:
    """Whether a letter follows from the ones before: the same, the next in a row, or a pair seen already."""
    if place == 0:
        return False
    step = ord(passphrase[place]) - ord(passphrase[place - 1])
    return step in (-1, 0, 1) or passphrase[place - 1 : place + 1] in passphrase[: place - 1]


def check(passphrase: str) -> str:
    """The passphrase, if it can be used. Raises `BadPassphrase`, which does not repeat it."""
    if len(passphrase) < SHORTEST:
        raise BadPassphrase(f"A passphrase has at least {SHORTEST} characters.")
    if len(passphrase) > LONGEST:
        raise BadPassphrase(f"A passphrase has at most {LONGEST} characters.")
    if any(unicodedata.category(letter).startswith("C") for letter in passphrase):
        raise BadPassphrase("A passphrase has no control characters.")
    return passphrase


def from_file(path: Path) -> str:
    """The first line of a private file (0600, this user's own). Raises a `KioskError` that repeats none of it."""
    from kiosk.vault.private_file import read_private

    try:
        first = read_private(path).decode("utf-8").split("\n", 1)[0].removesuffix("\r")
    except UnicodeDecodeError:
        raise BadPassphrase("The passphrase file is not UTF-8 text.") from None
    return check(first)
