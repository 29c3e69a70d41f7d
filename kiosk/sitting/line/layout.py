"""Lines as wide as the terminal, counted in cells: a wide letter takes two, a mark above a letter none."""

from __future__ import annotations

import unicodedata
from functools import cache


@cache
def cells(letter: str) -> int:
    """Return how many columns a letter takes: 0, 1 or 2."""
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def wide(text: str) -> int:
    """Return how many columns a text takes."""
    return len(text) if text.isascii() else sum(map(cells, text))


def wrapped(text: str, columns: int) -> list[str]:
    """Return `text` in rows of at most `columns`, broken between words where that is possible; at least one row."""
    rows: list[str] = []
    row = ""
    for word in text.split(" "):
        if row and wide(row) + 1 + wide(word) > columns:
            rows.append(row)
            row = ""
        else:
            word = f"{row} {word}" if row else word
        *full, row = _cut(word, columns)
        rows += full
    return [*rows, row]


def _cut(word: str, columns: int) -> list[str]:
    """Cut what is longer than a row; a letter wider than the row gets one of its own."""
    pieces, piece, width = [], "", 0
    for letter in word:
        if piece and width + cells(letter) > columns:
            pieces.append(piece)
            piece, width = "", 0
        piece, width = piece + letter, width + cells(letter)
    return [*pieces, piece]
