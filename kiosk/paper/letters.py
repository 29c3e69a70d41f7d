"""Letters as a receipt printer knows them: one byte each from its code page, what it lacks replaced, and that said."""

from __future__ import annotations

import unicodedata
from typing import Final

CODE_PAGES: Final = {"cp437": 0, "cp850": 2, "cp1252": 16, "cp858": 19}
"""Code page to its number in `ESC t` (Epson's table, which most receipt printers share); its name is Python's, too."""

_SPELLED: Final = {
    "¿": "?",
    "¡": "!",
    "ª": "a",
    "º": "o",
    "£": "GBP",
    "€": "EUR",
    "ß": "ss",
    "Æ": "AE",
    "æ": "ae",
    "Ø": "O",
    "ø": "o",
    "Ł": "L",
    "ł": "l",
    "‘": "'",
    "’": "'",
    "‚": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "«": '"',
    "»": '"',
    "‐": "-",
    "‑": "-",
    "–": "-",
    "—": "-",
    "…": "...",
    "•": "-",
    "×": "x",
}
"""What stands for a letter that a code page lacks."""

_UNKNOWN: Final = "?"
_FIRST_PRINTABLE, _DELETE = 0x20, 0x7F


def printable(text: str, code_page: str) -> str:
    """Return `text` with every letter one that the code page has: no control, no invisible mark, no line end.

    Raises KeyError for a code page that is none of ours.
    """
    _ = CODE_PAGES[code_page]
    return "".join(_letter(letter, code_page) for letter in unicodedata.normalize("NFC", text))


def replaced(text: str, code_page: str) -> dict[str, str]:
    """Return the letters of `text` that the code page lacks, each with what is printed in its place."""
    letters = set(unicodedata.normalize("NFC", text))
    pairs = ((letter, _letter(letter, code_page)) for letter in sorted(letters))
    return {letter: stands for letter, stands in pairs if letter != stands}


def _letter(letter: str, code_page: str) -> str:
    kind = unicodedata.category(letter)
    if kind[0] == "Z":
        return " "
    if kind[0] == "C" or kind in ("Mn", "Me"):
        return ""
    if _known(letter, code_page):
        return letter
    if letter in _SPELLED:
        return _SPELLED[letter]
    plain = "".join(part for part in unicodedata.normalize("NFKD", letter) if " " <= part < "\x7f")
    return plain or _UNKNOWN


def _known(letter: str, code_page: str) -> bool:
    try:
        code = letter.encode(code_page)
    except UnicodeEncodeError:
        return False
    return len(code) == 1 and code[0] >= _FIRST_PRINTABLE and code[0] != _DELETE
