"""What goes from a sitting to its voice: five bytes, in which a text's number fits and no word does."""

from __future__ import annotations

import struct
from string import ascii_lowercase
from typing import Final, NamedTuple

VOICE_FD: Final = 6
"""The sitting's descriptor of the line, given by the supervisor."""

_SHAPE: Final = struct.Struct(">BBBH")
SIZE: Final = _SHAPE.size
_STOP: Final = 0xFF
HUSH: Final = _SHAPE.pack(_STOP, 0, 0, 0)
"""Be quiet at once."""
MOST_PLACES: Final = 99
"""Numbers of a list that are said; later ones are read without."""
_LETTERS: Final = 100
"""The place of the letter `a`; the others follow."""


class Request(NamedTuple):
    """A text to read."""

    language: int
    """Place in the pack's languages."""
    place: int
    """What a choice is taken by (`place_of`); 0 for nothing."""
    text: int
    """Place in `numbered(pack)`."""
    someone: int = 0
    """Place in the pack's words for the person it is about (OR-05)."""


def place_of(key: str) -> int:
    """Return the place that says what a choice is taken by: a number, or one small letter."""
    return int(key) if key.isdigit() else _LETTERS + ascii_lowercase.index(key)


def key_of(place: int) -> str:
    """Return what is said for a place; nothing for 0, and for what is no place."""
    if 0 < place <= MOST_PLACES:
        return str(place)
    return ascii_lowercase[place - _LETTERS] if 0 <= place - _LETTERS < len(ascii_lowercase) else ""


def pack(request: Request) -> bytes:
    """Write a request down."""
    place = request.place if key_of(request.place) else 0
    return _SHAPE.pack(request.language, place, request.someone, request.text)


def unpack(message: bytes) -> Request | None:
    """Read a message; `None` is `HUSH`. Raises `struct.error` for anything of another length."""
    language, place, someone, text = _SHAPE.unpack(message)
    return None if language == _STOP else Request(language, place, text, someone)
