"""How many columns of a terminal a text takes, for both faces: by the tables that Textual draws with."""

from __future__ import annotations


def width(text: str) -> int:
    """Columns of a text: a wide letter takes two, a mark on a letter none, an emoji of several parts two."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len  # two milliseconds, and most of what is said line by line is ASCII

    return cell_len(text)


def pieces(word: str, columns: int) -> list[str]:
    """Cut a word into pieces of at most `columns`, at least one; a letter that is wider gets a piece of its own."""
    if word.isascii():
        return [word[start : start + columns] for start in range(0, len(word), columns)] or [word]
    from rich.cells import split_graphemes

    found, piece, room = [], "", columns
    for start, end, cells in split_graphemes(word)[0]:
        if piece and cells > room:
            found.append(piece)
            piece, room = "", columns
        piece, room = piece + word[start:end], room - cells
    return [*found, piece]
