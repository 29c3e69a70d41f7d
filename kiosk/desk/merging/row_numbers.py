"""Numbers of rows: the meeting number, drawn for one list alone (P10), and chance, which settles equal places."""

from __future__ import annotations

import os
import secrets
from array import array
from collections.abc import Callable, Collection
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Final

from kiosk.desk.merging.export_files import shown
from kiosk.desk.merging.merge_errors import BadFile
from kiosk.vault.numbers import DIGITS, damm

FEWEST_DIGITS: Final = 4
"""The least digits of a number, the check digit not counted."""
ROOM: Final = 10
"""How many times as many numbers there are as rows, at least."""
_AT_ONCE: Final = 1 << 14
SECRET_LENGTH: Final = 32
"""Bytes of a secret."""


def draw(count: int, used: Collection[int] = ()) -> array[int]:
    """`count` different numbers in no order, each ending in its Damm check digit, and none of those in use.

    They are as short as can be read out in a meeting, and never as long as a visitor's own number, so that nobody takes
    one for the other.
    """
    digits = max(FEWEST_DIGITS, len(str((count + len(used)) * ROOM)))
    digits += digits + 1 == DIGITS
    low = 10 ** (digits - 1)
    span = 9 * low
    taken = bytearray(span // 8 + 1)
    """A bit for each number: a tenth of the memory of a set of them."""
    for number in used:
        place = number // 10 - low
        if 0 <= place < span:
            taken[place >> 3] |= 1 << (place & 7)
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


def tie_break(secret: bytes = b"") -> Callable[[str], bytes]:
    """What chance says about a PersonalID, 16 bytes, the same in every run, so that nobody can draw until it suits.

    With a secret, nobody who lacks it can work out where among equals a person of HMIS stands.
    """

    begins = secret + b"kiosk hmis tie"

    def of(person: str) -> bytes:
        return blake2b(begins + person.encode(), digest_size=16).digest()

    return of


def secret_of(path: Path) -> bytes:
    """The secret in a file of this user's own (0600), made when it is missing. Raises BadFile or KioskError."""
    from kiosk.vault.private_file import Missing, read_private, write_private

    try:
        raw = read_private(path)
    except Missing:
        raw = secrets.token_hex(SECRET_LENGTH).encode() + b"\n"
        write_private(path, raw, replace=False)
    try:
        secret = bytes.fromhex(raw.decode().strip())
    except ValueError:
        secret = b""
    if len(secret) != SECRET_LENGTH:
        raise BadFile(f"{shown(path)} holds no secret for equal places.")
    return secret
