"""What an editor looks for: plain words, no blame, no urging, cautions ahead, nothing out of date, nothing dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from kiosk.content.banned_words import found
from kiosk.content.coverage import coverage
from kiosk.content.problems import Kind, PackProblem, shown
from kiosk.content.readability import LONGEST_SENTENCE, sentences, too_hard, words
from kiosk.content.texts import pieces, texts, texts_of
from schema.pack import Line, Pack, Resource, Section

SHORTEST_NEED: Final = 10
"""Letters that `needed_for` has at least."""

OWN_LETTERS: Final = "words.interpreter-names"
"""Names of languages in their own letters; where a screen has none of them, `interpreter-names-latin` stands there."""

_STREET: Final = re.compile(
    r"\b\d{1,5}\s+(?:[A-Z]\w*\.?\s+){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Drive|Dr|Lane|Ln|Blvd|Boulevard|Highway|Hwy|Way)\b"
    r"|\b(?:Calle|Avenida|Carretera)\s+\w+.{0,20}\d|\bP\.?\s?O\.?\s+Box\b|\b[A-Z]{2}\s+\d{5}\b",
)


def lint(pack: Pack, today: date) -> Iterator[PackProblem]:
    """Everything an editor would send back, with `today` as the day that reviews are due by."""
    for name, _, text in texts(pack):
        for language, spoken in text.items():
            yield from _text(name, language, spoken)
    yield from _reading(pack)
    for piece in pieces(pack):
        if piece.review_by is not None and piece.review_by < f"{today:%Y-%m}":
            yield PackProblem(Kind.REVIEW, piece.id, f"It was to be read again by {shown(piece.review_by)}.")
    for section in pack.sections:
        yield from _cautions(section)
    for question in pack.questions:
        if len(question.needed_for.strip()) < SHORTEST_NEED:
            yield PackProblem(Kind.NEEDED, question.id, "It does not say what needs the answer (OR-08); leave it out.")
    for resource in pack.resources:
        if resource.phone and not resource.source.strip():
            yield PackProblem(Kind.SOURCE, resource.id, "It does not say where its number is published (`source`).")
    yield from coverage(pack)


def _text(name: str, language: str, text: str) -> Iterator[PackProblem]:
    for sentence in () if name.startswith(OWN_LETTERS) else sentences(text):
        count = len(words(sentence))
        if count > LONGEST_SENTENCE:
            yield PackProblem(Kind.SENTENCE, name, f"A sentence has {count} words; cut it in two.", language)
    for word in found("forbidden", language, text):
        yield PackProblem(Kind.WORDING, name, f"It says {shown(word)}; say it without pressing or blaming.", language)
    if _STREET.search(text):
        yield PackProblem(Kind.ADDRESS, name, "It has what looks like a street address.", language)
    if name == OWN_LETTERS:
        return
    odd = next((letter for letter in text if not (" " <= letter <= "~" or "\u00a1" <= letter <= "\u00ff")), None)
    if odd is not None:
        yield PackProblem(Kind.GLYPH, name, f"A console font may not have U+{ord(odd):04X}.", language)


def _reading(pack: Pack) -> Iterator[PackProblem]:
    """Measure what is read together: a page, a question, a part of the plan with its lines, all entries, all words."""
    together: dict[str, list[dict[str, str]]] = {"words": list(pack.words.values()), "resources": []}
    for piece in pieces(pack):
        if isinstance(piece, Line):
            continue
        own = together["resources"] if isinstance(piece, Resource) else together.setdefault(piece.id, [])
        own += [text for field, text in texts_of(piece) if not (isinstance(piece, Resource) and field == "label")]
        if isinstance(piece, Section):
            own += [text for line in piece.lines for _, text in texts_of(line)]
    for name, read in together.items():
        for language in pack.languages:
            fault = too_hard((text.get(language.code, "") for text in read), language.code)
            if fault is not None:
                yield PackProblem(Kind.READING, name, fault, language.code)


def _cautions(section: Section) -> Iterator[PackProblem]:
    """Leaving is warned about ahead of it (MO-42), a child's call on the line itself (OX-14)."""
    for line in section.lines:
        for language, text in line.text.items():
            if found("leaving", language, text) and section.caution is None and line.caution is None:
                yield PackProblem(Kind.CAUTION, line.id, "It is about leaving and has no caution ahead.", language)
            if found("child_call", language, text) and line.caution is None:
                yield PackProblem(
                    Kind.CAUTION, line.id, "A child calls for help, and no caution comes first.", language
                )
            if found("child_call", language, text) and section.ask_first is None:
                yield PackProblem(Kind.CAUTION, section.id, "It is about children and does not ask first.", language)
