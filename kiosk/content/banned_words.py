"""Words that a pack keeps away from: on the home page, in what a visitor reads, ahead of a caution."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from kiosk.content.files import BUILT_IN, read

_SOURCE: Final = "shared/wording.toml"


@cache
def _patterns() -> dict[str, dict[str, re.Pattern[str]]]:
    return {
        language: {
            name: re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE) for name, words in lists.items()
        }
        for language, lists in read(BUILT_IN, _SOURCE).items()
    }


def found(name: str, language: str, text: str) -> list[str]:
    """The parts of `text` that are on the list `name` of `language`; nothing where the language has no lists."""
    pattern = _patterns().get(language, {}).get(name)
    return [] if pattern is None else [match[0] for match in pattern.finditer(text)]


def harm_words(language: str, text: str) -> list[str]:
    """Words that would tell a passer-by what the kiosk is for."""
    return found("harm", language, text)


def languages() -> frozenset[str]:
    """The languages that there are lists for."""
    return frozenset(_patterns())
