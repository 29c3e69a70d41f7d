"""The provider's seed as words on paper: nine lines of four words, each line with a check of its own.

Three words of a line are 30 bits of the seed, the fourth is their check: any one wrong word, and any two words of a
line that changed places, are found for certain, and so is a line in another's place. What the seed leaves of the nine
lines are 14 bits of a digest over all of it (docs/provider.md, "Keys").
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Final

from kiosk.desk.keys.derivation import SEED_LENGTH
from kiosk.desk.keys.word_list import word_list
from kiosk.errors import Refused

LINES: Final = 9
WORDS: Final = 4
"""Words of a line, the check among them."""
_DATA: Final = WORDS - 1
_BITS: Final = 10
"""Bits of a data word: one of the list's first 1,024."""
_MODULUS: Final = 1031
"""The first prime above 1,024: check words are among the list's first 1,031."""
_LINE_WEIGHT: Final = 7
_CHECK_BITS: Final = LINES * _DATA * _BITS - SEED_LENGTH * 8
_NUMBERED: Final = re.compile(r"\s*(\d{1,2})[.):]?\s+")


class NotThePaper(Refused):
    """Words that are no backup of a key. Names the line, and never a word."""

    hint = "Look at that line again, letter by letter; a line is a number and four words."


def to_lines(seed: bytes) -> tuple[str, ...]:
    """The nine lines of a 32-byte seed, without their numbers."""
    words = word_list()
    whole = int.from_bytes(seed, "big") << _CHECK_BITS | _digest(seed)
    values = [whole >> shift & (1 << _BITS) - 1 for shift in range((LINES * _DATA - 1) * _BITS, -1, -_BITS)]
    rows = [values[at : at + _DATA] for at in range(0, len(values), _DATA)]
    return tuple(" ".join(words[each] for each in (*row, _check(at, row))) for at, row in enumerate(rows, 1))


def to_seed(untrusted_lines: Sequence[str]) -> bytes:
    """The seed behind the lines, with or without their numbers; blank lines count for nothing. Raises NotThePaper."""
    lines = [line for line in untrusted_lines if line.strip()]
    _right_number(lines)
    whole = 0
    for at, line in enumerate(lines, 1):
        for value in line_values(at, line):
            whole = whole << _BITS | value
    seed = (whole >> _CHECK_BITS).to_bytes(SEED_LENGTH, "big")
    if whole & (1 << _CHECK_BITS) - 1 != _digest(seed):
        raise NotThePaper("Each line fits by itself, and together they do not: lines of two sheets may be mixed.")
    return seed


def line_values(at: int, untrusted_line: str) -> list[int]:
    """The three values of line `at` (from 1). Raises NotThePaper, which names the line and what is wrong with it."""
    numbered = _NUMBERED.match(untrusted_line)
    if numbered and int(numbered[1]) != at:
        raise NotThePaper(f"Line {at} is missing, or not in its place: line {int(numbered[1])} stands there.")
    typed = untrusted_line[numbered.end() if numbered else 0 :].casefold().split()
    if len(typed) != WORDS:
        raise NotThePaper(f"Line {at} has {len(typed)} words, and needs {WORDS}.")
    places = {word: value for value, word in enumerate(word_list()[:_MODULUS])}
    for place, word in enumerate(typed, 1):
        if word not in places:
            raise NotThePaper(f"Word {place} of line {at} is not one of the list's words.")
    *row, check = (places[word] for word in typed)
    if max(row) >= 1 << _BITS or _check(at, row) != check:
        raise NotThePaper(f"Line {at} is wrong: a word is another one, or two changed places.")
    return row


def _right_number(lines: Sequence[str]) -> None:
    """See that nothing is missing; of lines with numbers, name the first that is."""
    if len(lines) == LINES:
        return
    if len(lines) > LINES:
        raise NotThePaper(f"There are {len(lines)} lines, and the sheet has {LINES}.")
    for at, line in enumerate(lines, 1):
        try:
            line_values(at, line)
        except NotThePaper as fault:
            raise NotThePaper(f"There are {len(lines)} lines, and the sheet has {LINES}. {fault}") from None
    raise NotThePaper(f"There are {len(lines)} lines, and the sheet has {LINES}; line {len(lines) + 1} is missing.")


def _check(at: int, row: Sequence[int]) -> int:
    return (sum(weight * value for weight, value in enumerate(row, 1)) + _LINE_WEIGHT * at) % _MODULUS


def _digest(seed: bytes) -> int:
    whole = hashlib.sha256(b"kiosk paper key" + seed).digest()
    return int.from_bytes(whole[:2], "big") >> (16 - _CHECK_BITS)
