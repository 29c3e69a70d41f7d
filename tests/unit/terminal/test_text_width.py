"""Text is measured in columns as the full screen draws it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from kiosk.terminal.text_width import pieces, width

PACKS = Path(__file__).resolve().parents[3] / "kiosk" / "packs"


NAMES = "interpreter-names ="
"""How the line begins that names languages in their own letters."""


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("plain", 5),
        ("niño", 4),
        ("nin\u0303o", 4),
        ("日本", 4),
        ("👩‍👩‍👧", 2),
        ("👍🏽", 2),
        ("❤️", 2),
        ("☎", 1),
        ("1️⃣", 2),
        ("🇲🇽", 2),
        ("…“”–·¡¿", 7),
        ("", 0),
    ],
)
def test_columns(text: str, columns: int) -> None:
    """Marks, wide letters and emoji of several parts take what a terminal gives them."""
    assert width(text) == columns == Content(text).cell_length


def test_every_letter_of_the_packs() -> None:
    """No letter that a pack writes is wide or a mark, but for names of languages in their own letters."""
    lines = [line for path in PACKS.rglob("*.toml") for line in path.read_text().splitlines()]
    letters = {letter for line in lines if not line.startswith(NAMES) for letter in line if letter.isprintable()}
    assert any(width(letter) == 2 for line in lines if line.startswith(NAMES) for letter in line)
    assert {"ñ", "¿", "’"} & letters
    assert [letter for letter in letters if width(letter) != 1] == []


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=40), st.integers(1, 12))
def test_pieces(word: str, columns: int) -> None:
    """Nothing is lost when a word is cut, and no piece is wider than asked for unless it is one letter."""
    cut = pieces(word, columns)
    assert "".join(cut) == word and cut
    for piece in cut:
        assert width(piece) <= columns or len(pieces(piece, 1)) == 1
