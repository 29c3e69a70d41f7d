"""What may reach a terminal, as a grammar: `check(stream)` fails on the first byte outside it (H3, H4).

    from tests.terminal.grammar import check
    check(everything_the_terminal_got)                      # from an app alone
    check(stream, supervised=True, cut=True)                # through the supervisor, ended in mid-air

Allowed are letters (UTF-8, nothing that `kiosk.terminal.text.clean` drops), colours and weights (SGR), cursor moves,
erasing, and the modes listed here. No control string (OSC, DCS, APC, PM, SOS) is, so no title, clipboard, link or
pointer; no query, so that the terminal types no answer; no bell; no tab or line feed, which scroll.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

MODES: Final = frozenset({7, 25, 1000, 1002, 1003, 1004, 1006, 1049, 2004})
"""Private modes an app may set and reset: wrap, cursor, mouse, focus, alternate screen, marked paste."""

SUPERVISOR_MODES: Final = MODES | {
    1,
    5,
    6,
    9,
    12,
    47,
    1001,
    1005,
    1007,
    1015,
    1016,
    *(1050, 1051, 1052, 1053, 1060, 1061),
    1034,
    1047,
    1048,
    2026,
    2027,
    2031,
    2048,
}
"""Private modes a supervisor may reset besides, to undo what others left on."""

_MOVES: Final = re.compile(rb"(?:\d{1,4}(?:;\d{1,4})?)?[Hf]|\d{0,4}[A-Gd]|[0-2]?[JK]")
_COLORS: Final = re.compile(rb"[0-9;:]{0,64}m")
_MODE: Final = re.compile(rb"\?(\d{1,4}(?:;\d{1,4})*)([hl])")
_KEYBOARD: Final = re.compile(rb">25u|=25;1u|<\d{0,2}u")
_SEQUENCE: Final = re.compile(rb"\x1b\[([0-?]*[ -/]*[@-~])")
_SUPERVISOR: Final = re.compile(
    rb"\x18|\x1a|\x1b\\|\x1b\[(?:3J|=0;1u|=0u|!p|r|4l|20l|\?6l|0?q|>4(?:;0)?m|>0m|0 q|22;0;0t)"
    rb"|\x1b\[2l|\x1b\](?:104|R|110|111|112|0;|52;c;!)\x1b\\|\x1b[()*+]B|\x1b[>=]|\x0f|\r\n?|\n"
)
_LETTERS: Final = re.compile(rb"[^\x00-\x1f\x7f]+")
_HIDDEN: Final = frozenset("\u061c\u200e\u200f\u2028\u2029\ufeff") | frozenset(
    map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x2070), *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080)))
)
_MARKS: Final = 30
"""Unicode's own bound for combining marks in a row (UAX 15, stream-safe text)."""


class Forbidden(AssertionError):
    """Something reached the terminal that may not."""

    def __init__(self, why: str, stream: bytes, position: int) -> None:
        around = stream[max(0, position - 40) : position + 40]
        super().__init__(f"{why} at byte {position} of {len(stream)}: ...{around!r}...")
        self.position = position
        """Offset of the first byte that may not be there."""


def check(stream: bytes, *, supervised: bool = False, cut: bool = False) -> int:
    """Raise `Forbidden` unless all of `stream` is allowed; return how many pieces it has.

    `supervised` allows what only the supervisor writes; `cut` allows the last piece to be incomplete.
    """
    position = pieces = 0
    while position < len(stream):
        end = _piece(stream, position, supervised)
        if end == position:
            if cut and _may_be_cut(stream[position:]):
                break
            raise Forbidden("not allowed", stream, position)
        position, pieces = end, pieces + 1
    return pieces


def _piece(stream: bytes, position: int, supervised: bool) -> int:
    if match := _LETTERS.match(stream, position):
        return _letters(stream, position, match.end())
    if supervised and (match := _SUPERVISOR.match(stream, position)):
        return match.end()
    match = _SEQUENCE.match(stream, position)
    if match and _is_allowed(match[1], supervised):
        return match.end()
    return position


def _is_allowed(body: bytes, supervised: bool) -> bool:
    if mode := _MODE.fullmatch(body):
        known = SUPERVISOR_MODES if supervised and mode[2] == b"l" else MODES
        return {int(number) for number in mode[1].split(b";")} <= known
    return any(form.fullmatch(body) for form in (_MOVES, _COLORS, _KEYBOARD))


def _letters(stream: bytes, start: int, end: int) -> int:
    """Return `end` if the letters are fit to be seen; the end of the fit ones, if the stream was cut in a letter."""
    try:
        text = stream[start:end].decode()
    except UnicodeDecodeError as error:
        if end == len(stream) and error.end == len(stream) - start and len(stream) - start - error.start < 4:
            return start + error.start
        raise Forbidden("not UTF-8", stream, start + error.start) from None
    marks = 0
    for letter in text:
        marks = marks + 1 if unicodedata.category(letter) in ("Mn", "Me") else 0
        if letter in _HIDDEN or "\x80" <= letter <= "\x9f" or marks > _MARKS:
            raise Forbidden(f"U+{ord(letter):04X}", stream, start)
    return end


def _may_be_cut(rest: bytes) -> bool:
    return re.fullmatch(rb"\x1b(?:\[[0-?]*[ -/]*)?|[\xc2-\xf4][\x80-\xbf]{0,2}", rest) is not None
