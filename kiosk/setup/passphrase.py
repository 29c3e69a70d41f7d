"""An operator's own passphrase: weighed, checked, or read from a file. None ever comes from an argument."""

from __future__ import annotations

import unicodedata
from enum import Enum
from pathlib import Path

from kiosk.errors import Refused

SHORTEST = 12
"""Characters of the shortest passphrase that is taken."""

LONGEST = 200
"""Characters of the longest passphrase that is taken."""


_FAIR = 10**12
"""Guesses below which a passphrase is refused: at 128 MiB for each, months for whoever has a thousand machines."""
_GOOD = 10**16
_WEIGHED = 64
"""Characters that are weighed: a longer one is no weaker."""


class BadPassphrase(Refused):
    """A passphrase cannot be used."""

    hint = f"Use {SHORTEST} to {LONGEST} characters: four or more unrelated words are good."


class Strength(Enum):
    """How long a passphrase would hold out, in words for the operator."""

    WEAK = "Weak: it would be guessed. Add words that have nothing to do with each other."
    FAIR = "Fair. One or two more words make it good."
    GOOD = "Good."


def strength(passphrase: str) -> Strength:
    """How long a passphrase would hold out against somebody who tries words, names, dates, keys in a row and repeats.

    Estimated by zxcvbn (Wheeler, USENIX Security 2016) as the guesses that it takes; its first letters are enough.
    """
    from zxcvbn import zxcvbn

    guesses = zxcvbn(passphrase[:_WEIGHED], max_length=_WEIGHED)["guesses"] if passphrase else 0
    return Strength.GOOD if guesses >= _GOOD else Strength.FAIR if guesses >= _FAIR else Strength.WEAK


def strong(passphrase: str) -> str:
    """A new passphrase that can be used and would not be guessed. Raises `BadPassphrase`, which does not repeat it."""
    if strength(check(passphrase)) is Strength.WEAK:
        raise BadPassphrase("This passphrase would be guessed.")
    return passphrase


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
