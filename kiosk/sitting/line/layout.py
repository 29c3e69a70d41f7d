"""Lines as wide as the terminal, broken between words where that is possible."""

from __future__ import annotations

from kiosk.terminal.text_width import pieces, width


def wrapped(text: str, columns: int) -> list[str]:
    """Return `text` in rows of at most `columns`, broken between words where that is possible; at least one row."""
    rows: list[str] = []
    row = ""
    for word in text.split(" "):
        if row and width(row) + 1 + width(word) > columns:
            rows.append(row)
            row = ""
        else:
            word = f"{row} {word}" if row else word
        *full, row = pieces(word, columns) if width(word) > columns else [word]
        rows += full
    return [*rows, row]
