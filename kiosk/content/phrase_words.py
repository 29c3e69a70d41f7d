"""The words that a withdrawal phrase is drawn from: plain, distinct, typed without accents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from kiosk.content.problems import Kind, PackProblem
from schema.pack import Pack

FEWEST: Final = 2_000
"""Words of each language at least: three of them make 8 thousand million phrases, which is what a guess costs."""

_PLAIN: Final = re.compile(r"[a-z]{3,7}")


def plain(word: str) -> str:
    """The word as it is compared: lower case, accents taken off."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def phrase_words(pack: Pack) -> Iterator[PackProblem]:
    """What is wrong with the phrase words of each language."""
    for language in pack.languages:
        words = pack.phrase_words.get(language.code, ())
        if len({plain(word) for word in words}) < max(FEWEST, len(words)):
            yield PackProblem(
                Kind.PHRASE, "phrase_words", f"It has fewer than {FEWEST} distinct words, or one twice.", language.code
            )
        odd = next((word for word in words if _PLAIN.fullmatch(plain(word)) is None), None)
        if odd is not None:
            yield PackProblem(Kind.PHRASE, "phrase_words", f"{odd!a} has not 3 to 7 plain letters.", language.code)
