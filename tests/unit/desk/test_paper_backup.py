from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.desk.keys.paper_backup import LINES, NotThePaper, to_lines, to_seed
from kiosk.desk.keys.word_list import word_list
from tests.made_up import SEED

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "paper.json").read_text())
SHEET = list(to_lines(SEED))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda each: each["seed"][:8])
def test_a_sheet_that_was_written_once_is_read_for_ever(vector: dict[str, object]) -> None:
    """Backup: the words of a seed are fixed; a change of the word list or of the encoding breaks this."""
    seed, lines = bytes.fromhex(str(vector["seed"])), list(vector["lines"])  # type: ignore[call-overload]
    assert list(to_lines(seed)) == lines and to_seed(lines) == seed


@settings(max_examples=100)
@given(st.binary(min_size=32, max_size=32))
def test_every_seed_comes_back(seed: bytes) -> None:
    """Backup: from its lines, with numbers, in capitals, with blank lines and odd spaces between."""
    lines = to_lines(seed)
    assert len(lines) == LINES and to_seed(lines) == seed
    odd = [f"  {at}.  {line.upper().replace(' ', '   ')} \n" for at, line in enumerate(lines, 1)]
    assert to_seed(["", *odd, "  "]) == seed


def fault(lines: list[str]) -> str:
    with pytest.raises(NotThePaper) as caught:
        to_seed(lines)
    assert not set(str(caught.value).lower().split()) & set(" ".join(SHEET).split()) - {"line", "word", "sheet"}
    return str(caught.value)


def changed(line: int, words: list[str]) -> list[str]:
    return [*SHEET[: line - 1], " ".join(words), *SHEET[line:]]


def test_any_one_wrong_word_names_its_line() -> None:
    """Backup: each of the 36 words, put as any other of the list's, names the very line it stands in."""
    others = word_list()[::37]
    for line in range(1, LINES + 1):
        for place in range(4):
            for other in others:
                words = SHEET[line - 1].split()
                if words[place] != other:
                    words[place] = other
                    assert f"ine {line} is wrong" in (said := fault(changed(line, words))) or f"of line {line}" in said


def test_two_words_that_changed_places_name_their_line() -> None:
    """Backup: any two unlike words of a line."""
    for line in range(1, LINES + 1):
        for one, other in combinations(range(4), 2):
            words = SHEET[line - 1].split()
            words[one], words[other] = words[other], words[one]
            if words != SHEET[line - 1].split():
                assert f"Line {line} is wrong" in fault(changed(line, words))


def test_two_lines_that_changed_places() -> None:
    """Backup: without numbers the first of the two is named; with numbers the one that stands there."""
    for one, other in combinations(range(LINES), 2):
        lines = list(SHEET)
        lines[one], lines[other] = lines[other], lines[one]
        assert f"Line {one + 1} is wrong" in fault(lines)
    numbered = [f"{at} {line}" for at, line in enumerate(SHEET, 1)]
    assert "Line 3 is missing, or not in its place" in fault([*numbered[:2], numbered[3], numbered[2], *numbered[4:]])


def test_what_is_missing_is_named() -> None:
    """Backup: a missing word, a word too many, a missing line with and without numbers, an unknown word, nothing."""
    assert fault(changed(4, SHEET[3].split()[1:])) == "Line 4 has 3 words, and needs 4."
    assert fault(changed(9, [*SHEET[8].split(), "able"])) == "Line 9 has 5 words, and needs 4."
    assert fault(changed(2, ["zzz", *SHEET[1].split()[1:]])) == "Word 1 of line 2 is not one of the list's words."
    numbered = [f"{at}  {line}" for at, line in enumerate(SHEET, 1)]
    for gone in range(LINES):
        assert f"ine {gone + 1} is " in fault([*numbered[:gone], *numbered[gone + 1 :]])
        assert f"ine {gone + 1} is " in fault([*SHEET[:gone], *SHEET[gone + 1 :]])
    assert "10 lines" in fault([*SHEET, SHEET[0]]) and "0 lines" in fault([])


def test_lines_of_two_sheets_do_not_pass() -> None:
    """Backup: every line fits by itself, and together they are no key."""
    other = list(to_lines(bytes(reversed(SEED))))
    mixed = [fault([*SHEET[:at], *other[at:]]) for at in range(1, LINES - 1)]
    assert all("two sheets" in each for each in mixed)
