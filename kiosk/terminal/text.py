"""Words from outside made safe to show: nothing in them can move the cursor, reverse a line or run an action."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from textual.content import Content

MARKS_ON_ONE_LETTER: Final = 5
"""How many combining marks one letter may carry. Living scripts need four; more is a way to paint over other lines."""

_LINE_ENDS: Final = "\r\n\v\f\x85\u2028\u2029"
_BREAKS: Final = re.compile(f"\r\n|[{_LINE_ENDS}]")
_GAPS: Final = re.compile(f"\r\n|[\t{_LINE_ENDS}]")

_UNSAFE: Final = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # C0, DEL and C1: they speak to the terminal, not to the reader
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidirectional controls reorder what is read
    "\u206a-\u206f\ufff9-\ufffb\ufeff"  # deprecated format letters, annotations, byte order mark
    "\ufdd0-\ufdef\ufffe\uffff"  # never letters
    "\ud800-\udfff"  # half a letter, which no encoder accepts
    "\U000e0000-\U000e007f"  # tag characters: text that nobody sees
)
_UNSAFE_LETTERS: Final = re.compile(f"[{_UNSAFE}]")


def clean(untrusted: str, *, limit: int | None = None, lines: bool = False) -> str:
    """Return `untrusted` without anything a terminal could act on (leaks 1d).

    With `lines`, line ends become `\\n` and tabs stay; without, each becomes one space, so that no two words grow
    together. `limit` is a length in characters.
    """
    if untrusted.isascii() and untrusted.isprintable():
        return untrusted[:limit]
    text = _BREAKS.sub("\n", untrusted) if lines else _GAPS.sub(" ", untrusted)
    return _with_few_marks(_UNSAFE_LETTERS.sub("", text))[:limit]


def _with_few_marks(text: str) -> str:
    if text.isascii():
        return text
    kept: list[str] = []
    marks = 0
    for letter in text:
        marks = marks + 1 if unicodedata.category(letter) in ("Mn", "Me") else 0
        if marks <= MARKS_ON_ONE_LETTER:
            kept.append(letter)
    return "".join(kept)


def say(text: str) -> Content:
    """Return cleaned `text` as `Content`: shown as it stands, never read as markup, a link or an action."""
    from textual.content import Content

    return Content(clean(text, lines=True))
