"""The words that can be typed instead of keys: the same on every page, in the page's language and in English."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final

from kiosk.sitting.words import Words

KEYS: Final = {
    "F1": "why",
    "F2": "changed",
    "F3": "language",
    "F4": "back",
    "F5": "staff",
    "F9": "pause",
}
"""Keys that mean the same as a word on every page; a page's own acts have theirs."""

ORDER: Final = (
    *("go-on", "why", "again", "changed", "back", "keep", "show", "hide", "codes", "more", "county", "sort", "gently"),
    *("language", "staff", "read", "quiet", "pause", "help", "leave"),
)
"""In which order a page names its words. The names are the English words themselves."""


def spoken(command: str, words: Words) -> str:
    """Return a command as it is typed in the language of the page."""
    return words(f"line-{command}")


def folded(text: str) -> str:
    """Return text as it is compared: small letters, no accents, one blank between words."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(plain.replace("-", " ").split())


def same(text: str, label: str) -> bool:
    """Whether a text was typed that stands on the page, whatever its letters and its last mark."""
    return bool(text) and folded(text) == folded(label.rstrip(".!"))


def find(text: str, allowed: Iterable[str], words: Words) -> str | None:
    """Return the command that was typed, of those that a page allows."""
    said = folded(text)
    for command in allowed:
        if said in (folded(command), folded(spoken(command, words))):
            return command
    return None
