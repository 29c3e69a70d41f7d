"""What goes from a sitting to its voice: five bytes, in which a text's number fits and no word does."""

from __future__ import annotations

import struct
from typing import Final, NamedTuple

VOICE_FD: Final = 6
"""The sitting's descriptor of the line, given by the supervisor."""

_SHAPE: Final = struct.Struct(">BBBH")
SIZE: Final = _SHAPE.size
_STOP: Final = 0xFF
HUSH: Final = _SHAPE.pack(_STOP, 0, 0, 0)
"""Be quiet at once."""
MOST_PLACES: Final = 99
"""Places of a list that are said; later ones are read without."""


class Request(NamedTuple):
    """A text to read."""

    language: int
    """Place in the pack's languages."""
    place: int
    """The number a choice is taken by; 0 for none."""
    text: int
    """Place in `numbered(pack)`."""
    someone: int = 0
    """Place in the pack's words for the person it is about (OR-05)."""


def pack(request: Request) -> bytes:
    """Write a request down."""
    place = request.place if request.place <= MOST_PLACES else 0
    return _SHAPE.pack(request.language, place, request.someone, request.text)


def unpack(message: bytes) -> Request | None:
    """Read a message; `None` is `HUSH`. Raises `struct.error` for anything of another length."""
    language, place, someone, text = _SHAPE.unpack(message)
    return None if language == _STOP else Request(language, place, text, someone)
