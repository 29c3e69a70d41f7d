"""What the terminal sent, as the few things a line face knows: letters, Enter, erasing, a key with a name."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final

from kiosk.terminal.tokenizer import Tokenizer
from kiosk.terminal.tokens import Kind, Token


class Act(Enum):
    """What was done at the keyboard."""

    LETTERS = auto()
    ENTER = auto()
    ERASE = auto()
    ERASE_WORD = auto()
    ERASE_ALL = auto()
    KEY = auto()
    """A key with a name, `F1` to `F10`."""
    END = auto()
    """End of input (Ctrl+D)."""
    QUIT = auto()
    """The operator's Ctrl+Q."""


@dataclass(frozen=True, slots=True)
class Typed:
    """One act, with the letters or the key's name."""

    act: Act
    text: str = field(default="", repr=False)


_CONTROLS: Final = {
    "\r": Act.ENTER,
    "\n": Act.ENTER,
    "\x7f": Act.ERASE,
    "\x08": Act.ERASE,
    "\x17": Act.ERASE_WORD,
    "\x15": Act.ERASE_ALL,
    "\x04": Act.END,
    "\x11": Act.QUIT,
}
_PIECES: Final = re.compile(r"\r\n|[\x00-\x1f\x7f]|[^\x00-\x1f\x7f]+")
_ANY_CONTROL: Final = re.compile(rb"[\x00-\x1f\x7f]")
_KEYS: Final = re.compile(r"\x1b(?:O([P-S])|\[\[([A-E])|\[(?:1;\d{1,3})?([PQS])|\[(\d{1,5})(?:;\d{1,3}(?::1)?)?[~u])")
_BY_NUMBER: Final = {11: 1, 12: 2, 13: 3, 14: 4, 15: 5, 17: 6, 18: 7, 19: 8, 20: 9, 21: 10} | {
    57364 + place: place + 1 for place in range(10)
}


class Reading:
    """Turns bytes into acts. Whatever cannot be one is dropped: broken UTF-8, NUL, other controls, arrows, reports."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("ignore")
        self._tokenizer = Tokenizer()
        self._after_return = False

    def is_flood(self, data: bytes) -> bool:
        """Whether `data` is nothing but more letters, so that a line that is full can do without it."""
        return self._tokenizer.deadline is None and not _ANY_CONTROL.search(data)

    def read(self, data: bytes, now: float) -> Iterator[Typed]:
        """Yield what was done; `now` is seconds on a monotonic clock."""
        text = self._decoder.decode(data)
        for token in (*self._tokenizer.expire(now), *self._tokenizer.feed(text, now)):
            yield from self._token(token)

    def _token(self, token: Token) -> Iterator[Typed]:
        match token.kind:
            case Kind.TEXT:
                yield from self._text(token.text)
            case Kind.PASTE:  # marked although nobody asked for marks: it answers nothing by itself
                yield Typed(Act.LETTERS, " ".join(token.text.split()))
            case Kind.SEQUENCE if name := _key(token.text):
                yield Typed(Act.KEY, name)

    def _text(self, text: str) -> Iterator[Typed]:
        for piece in _PIECES.findall(text):
            follows, self._after_return = self._after_return, piece == "\r"
            if piece == "\t":
                yield Typed(Act.LETTERS, " ")
            elif piece == "\r\n" or (piece in _CONTROLS and not (piece == "\n" and follows)):
                yield Typed(_CONTROLS[piece[0]])
            elif piece > "\x1f" and piece != "\x7f":
                yield Typed(Act.LETTERS, piece)


def _key(sequence: str) -> str:
    """Return the name of a function key, in whichever way the terminal says it; nothing for any other sequence."""
    found = _KEYS.fullmatch(sequence)
    if found is None:
        return ""
    letter = found[1] or found[3]
    if letter:
        return f"F{ord(letter) - ord('P') + 1}"
    if found[2]:
        return f"F{ord(found[2]) - ord('A') + 1}"
    number = _BY_NUMBER.get(int(found[4]), 0)
    return f"F{number}" if number else ""
