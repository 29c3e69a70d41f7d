"""Numbers: random, with a check digit, derived from nothing (P5)."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Container
from typing import Final

from kiosk.errors import KioskError
from schema.summary import is_number

DIGITS: Final = 8
"""Digits of a number, the check digit among them."""
CLASSES: Final = 4096
"""Classes that a region's numbers fall into; every station has classes of its own."""

_TRIES: Final = 200_000
_AVOIDED_STARTS: Final = ("911", "988", "211", "999")
_FIRST_PAYLOAD: Final = 10 ** (DIGITS - 2)
_TABLE: Final = tuple(
    tuple(map(int, row))
    for row in (
        "0317598642",
        "7092154863",
        "4206871359",
        "1750983426",
        "6123045978",
        "3674209581",
        "5869720134",
        "8945362017",
        "9438617205",
        "2581436790",
    )
)


class NoNumberLeft(KioskError):
    """This station's classes have no free number left, or there are none."""

    hint = "Ask the provider for a new region file with more classes."


def damm(digits: str) -> int:
    """The Damm check digit of `digits`; 0 when the last digit already is the right one."""
    state = 0
    for digit in digits:
        state = _TABLE[state][int(digit)]
    return state


def dull(digits: str) -> bool:
    """Whether a number is hard to say (four equal digits in a row) or begins like an emergency line."""
    return digits.startswith(_AVOIDED_STARTS) or any(digit * 4 in digits for digit in "0123456789")


def valid(number: int) -> bool:
    """Whether `number` is one that a kiosk may have given: range, check digit, and none of the dull ones."""
    return is_number(number) and damm(str(number)) == 0 and not dull(str(number))


def show(number: int) -> str:
    """The number as people read it, `123 456 78`."""
    digits = f"{number:0{DIGITS}d}"
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}"


def parse(untrusted: str, *, practice: bool = False) -> int | None:
    """The number somebody typed, spaces, dots and hyphens allowed; `None` when it cannot be one.

    In `practice` a made-up number with its leading 0 is one, too.
    """
    digits = "".join(each for each in untrusted if each not in " -.\t\u00a0\u2007\u202f")
    if len(digits) != DIGITS or not (digits.isascii() and digits.isdigit()):
        return None
    made_up = practice and digits[0] == "0" and damm(digits) == 0 and not dull(digits)
    return int(digits) if made_up or valid(int(digits)) else None


def number_class(number: int, key: bytes) -> int:
    """The class of a number, 0 to 4,095, under the region's number key."""
    tag = hmac.digest(key, b"kiosk number class" + number.to_bytes(4, "big"), "sha256")
    return int.from_bytes(tag[:2], "big") % CLASSES


def retired_tag(number: int, key: bytes) -> bytes:
    """What is kept of a removed number: 32 bytes under the region's number key."""
    return hmac.digest(key, b"kiosk retired number" + number.to_bytes(4, "big"), "sha256")


def removed_bit(number: int, key: bytes) -> int:
    """The place of a removed number in the map that draws avoid, 0 to 16,383: half of all places are set anyway."""
    return int.from_bytes(retired_tag(number, key)[:2], "big") >> 2


def _random(first_digit_zero: bool = False) -> int:
    low = 0 if first_digit_zero else _FIRST_PAYLOAD
    payload = low + secrets.randbelow(_FIRST_PAYLOAD if first_digit_zero else 9 * _FIRST_PAYLOAD)
    return payload * 10 + damm(f"{payload:0{DIGITS - 1}d}")


def draw(classes: Container[int], number_key: bytes, taken: Callable[[int], bool]) -> int:
    """Draw a free number of this station's classes. Raises NoNumberLeft after 200,000 tries."""
    for _ in range(_TRIES):
        number = _random()
        if not dull(str(number)) and number_class(number, number_key) in classes and not taken(number):
            return number
    raise NoNumberLeft("There is no free number left for this station.")


def draw_practice() -> int:
    """A made-up number for practice: shown with a leading 0, so that it can never be a real one."""
    number = _random(first_digit_zero=True)
    return draw_practice() if dull(f"{number:0{DIGITS}d}") else number
