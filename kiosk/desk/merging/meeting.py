"""Meeting numbers: drawn at random for one list, every row alike, so that a number marks nobody (P10)."""

from __future__ import annotations

import os
from array import array
from functools import cache
from typing import Final

from kiosk.vault.numbers import DIGITS, damm

FEWEST_DIGITS: Final = 4
"""The least digits of a number, the check digit not counted."""
ROOM: Final = 10
"""How many times as many numbers there are as rows, at least."""
_AT_ONCE: Final = 1 << 14


def draw(count: int) -> array[int]:
    """`count` different numbers in no order, each ending in its Damm check digit.

    They are as short as can be read out in a meeting, and never as long as a visitor's own number, so that nobody takes
    one for the other.
    """
    digits = max(FEWEST_DIGITS, len(str(count * ROOM)))
    digits += digits + 1 == DIGITS
    low = 10 ** (digits - 1)
    span = 9 * low
    taken = bytearray(span // 8 + 1)
    """A bit for each number: a tenth of the memory of a set of them."""
    drawn = array("Q")
    while len(drawn) < count:
        for random in array("Q", os.urandom(8 * min(count - len(drawn), _AT_ONCE))):
            place = random % span
            bit = 1 << (place & 7)
            if not taken[place >> 3] & bit:
                taken[place >> 3] |= bit
                drawn.append(_checked(low + place))
    return drawn


def _checked(payload: int) -> int:
    """The number with its check digit."""
    return payload * 10 + _last_three()[_state(payload // 1000) * 1000 + payload % 1000]


@cache
def _state(digits: int) -> int:
    return damm(str(digits))


@cache
def _last_three() -> bytes:
    """The check digit for every state, which one digit brings about, and every three digits after it."""
    begins = sorted(range(10), key=lambda digit: damm(str(digit)))
    return bytes(damm(f"{digit}{last:03d}") for digit in begins for last in range(1000))
