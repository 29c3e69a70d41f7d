"""The withdrawal phrase: what is kept of it is a check of eight bytes, inside the seal."""

from __future__ import annotations

import hashlib
import unicodedata
from typing import Final

from schema.summary import PHRASE_CHECK_LENGTH, SummaryFault, is_number

_PERSON: Final = b"kiosk withdrawal"


def normalised(phrase: str) -> str:
    """The phrase's words in small letters, without marks or punctuation, one space between."""
    folded = unicodedata.normalize("NFKD", phrase.casefold())
    kept = (each for each in folded if not unicodedata.combining(each))
    return " ".join("".join(each if each.isalnum() else " " for each in kept).split())


def phrase_check(number: int, phrase: str) -> bytes:
    """Eight bytes that tell whether a later phrase, given with `number`, is the same.

    Raises SummaryFault for a number out of range or a phrase without a word.
    """
    words = normalised(phrase)
    if not is_number(number):
        raise SummaryFault("number")
    if not words:
        raise SummaryFault("phrase")
    message = number.to_bytes(4, "big") + words.encode()
    return hashlib.blake2b(message, digest_size=PHRASE_CHECK_LENGTH, person=_PERSON).digest()
