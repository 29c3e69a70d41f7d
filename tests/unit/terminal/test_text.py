"""Words from outside, cleaned: properties for all texts, and every class of character that could act."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.terminal.text import MARKS_ON_ONE_LETTER, clean, say
from kiosk.terminal.tokenizer import Tokenizer
from kiosk.terminal.tokens import Kind, Token

ANY_TEXT = st.text(st.characters(exclude_categories=())) | st.text("ab\n\t\r\x1b[]0m\u0301\u202e\x9b/@=", max_size=60)

ACTING = {
    "C0": range(0x20),
    "DEL": [0x7F],
    "C1": range(0x80, 0xA0),
    "separators": [0x2028, 0x2029],
    "bidi": [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)],
    "deprecated": range(0x206A, 0x2070),
    "annotations": range(0xFFF9, 0xFFFC),
    "byte order mark": [0xFEFF],
    "noncharacters": [*range(0xFDD0, 0xFDF0), 0xFFFE, 0xFFFF],
    "surrogates": range(0xD800, 0xE000),
    "tags": range(0xE0000, 0xE0080),
}


@pytest.mark.parametrize("kind", ACTING)
def test_what_could_act_is_gone(kind: str) -> None:
    """Each of them, alone and between letters; a line end or a tab leaves a space, or itself where lines are asked."""
    for code in ACTING[kind]:
        letter = chr(code)
        assert clean(f"a{letter}b") in ("ab", "a b"), f"U+{code:04X}"
        assert clean(f"a{letter}b", lines=True) in ("ab", "a\nb", "a\tb"), f"U+{code:04X}"
        assert letter in ("\t", "\n") or letter not in say(letter).plain


@given(ANY_TEXT)
def test_nothing_left_acts(text: str) -> None:
    """For every text: no character of any class above is left, and it can be encoded."""
    acting = {chr(code) for codes in ACTING.values() for code in codes}
    assert not acting & set(clean(text))
    assert not (acting - {"\n", "\t"}) & set(clean(text, lines=True))
    clean(text).encode()


@given(ANY_TEXT, st.booleans())
def test_cleaning_twice_changes_nothing(text: str, lines: bool) -> None:
    """What is clean stays as it is."""
    once = clean(text, lines=lines)
    assert clean(once, lines=lines) == once


@given(ANY_TEXT, st.integers(0, 20))
def test_a_limit_holds(text: str, limit: int) -> None:
    """The limit is in characters, and the start is kept."""
    assert len(clean(text, limit=limit)) <= limit
    assert clean(text).startswith(clean(text, limit=limit))


@given(st.text(st.characters(categories=("L", "Nd", "P", "S"))))
def test_letters_of_all_languages_stay(text: str) -> None:
    """Letters, digits, signs and symbols come through untouched."""
    assert clean(text) == text


@pytest.mark.parametrize(
    "word", ["café", "Żółć", "שָׁלוֹם", "نَعَمْ", "हिन्दी", "ไทยน้ำ", "می\u200cخواهم", "👩\u200d👧", "Tiếng Việt"]
)
def test_living_scripts_stay(word: str) -> None:
    """Marks, joiners and emoji that real words need."""
    assert clean(word) == word


@given(st.integers(0, 200), st.sampled_from("\u0301\u0489\u20dd\u05b0"))
def test_marks_on_one_letter_are_few(count: int, mark: str) -> None:
    """A13: a thousand marks would paint over the lines around."""
    cleaned = clean("z" + mark * count + "a")
    assert cleaned == "z" + mark * min(count, MARKS_ON_ONE_LETTER) + "a"


def test_two_words_do_not_grow_together() -> None:
    """A9: line ends and tabs become one space each."""
    assert clean("one\r\ntwo\tthree\nfour") == "one two three four"
    assert clean("one\r\ntwo\rthree\u2028four", lines=True) == "one\ntwo\nthree\nfour"


MARKUP = [
    "[b]bold[/b]",
    "[@click=app.quit]x[/]",
    "[/]",
    "he [/b] said",
    "[link='x']y[/link]",
    "[red",
    "\\[",
    "$name",
    "[[x]]",
]


@pytest.mark.parametrize("words", MARKUP)
def test_markup_is_shown_as_it_stands(words: str) -> None:
    """H1: what looks like markup has no style, no link and no action."""
    shown = say(words)
    assert shown.plain == words
    assert shown.spans == []


@given(ANY_TEXT)
def test_every_text_is_shown_without_style(text: str) -> None:
    """H1, for every text."""
    shown = say(text)
    assert shown.plain == clean(text, lines=True)
    assert not shown.spans


@given(st.lists(st.text(st.sampled_from("ab[O200~1;5u\x1bP]\\\x07\x18é\u0301"), max_size=12), max_size=8))
def test_pieces_do_not_depend_on_how_they_are_cut(chunks: list[str]) -> None:
    """Fed at once or in parts, the same input gives the same tokens."""
    whole, parts = Tokenizer(), Tokenizer()
    at_once = whole.feed("".join(chunks), 0.0) + whole.expire(9.0)
    in_parts = [token for chunk in chunks for token in parts.feed(chunk, 0.0)] + parts.expire(9.0)
    assert _joined(at_once) == _joined(in_parts)


def _joined(tokens: list[Token]) -> list[tuple[Kind, str]]:
    made: list[tuple[Kind, str]] = []
    for token in tokens:
        kind, text = token.kind, token.text
        if made and kind is Kind.TEXT and made[-1][0] is Kind.TEXT:
            made[-1] = (kind, made[-1][1] + text)
        else:
            made.append((kind, text))
    return made


def test_the_classes_are_what_unicode_says() -> None:
    """No format or control character that reorders is missing from the list: bidi classes speak for themselves."""
    reordering = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    for code in range(0x110000):
        letter = chr(code)
        if unicodedata.bidirectional(letter) in reordering:
            assert clean(letter) == "", f"U+{code:04X}"
