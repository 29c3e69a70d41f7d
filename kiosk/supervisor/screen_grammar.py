"""What a sitting may write on the real terminal: letters, colours, moves, erasing, and the modes that ours use.

Somebody who had taken a sitting over could else speak to the terminal itself: set its title or clipboard, lock its
keyboard so that F12 is never sent, print, or have it type. The tests hold a grammar of their own against this one
(`tests/terminal/grammar.py`); what is not allowed is left out, and the rest goes on.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mmap import mmap

LONGEST = 80
"""Bytes beyond which what is not whole yet never will be."""

_TAIL = rb"[\x80-\xbf]"
_MODES = rb"(?:7|25|1000|1002|1003|1004|1006|1049|2004)"
_SEQUENCE = (
    rb"\x1b\[(?:"
    rb"[0-9;:]{0,64}m|"
    rb"(?:\d{1,4}(?:;\d{1,4})?)?[Hf]|\d{0,4}[A-Gd]|[0-2]?K|[0-3]?J|"
    rb"\?" + _MODES + rb"(?:;" + _MODES + rb")*[hl]|"
    rb">25u|=25;1u|<\d{0,2}u)"
)
# UTF-8 as Unicode has it (table 3-7), without the letters that are commands (C1), that turn the direction of what
# stands around them, or that are seen as nothing: what `kiosk.terminal.text.clean` drops
_LETTER = (
    rb"\xc2[\xa0-\xbf]|[\xc3-\xd7\xd9-\xdf]" + _TAIL + rb"|\xd8[\x80-\x9b\x9d-\xbf]|"
    rb"\xe0[\xa0-\xbf]" + _TAIL + rb"|[\xe1\xe3-\xec\xee]" + _TAIL + rb"{2}|\xed[\x80-\x9f]" + _TAIL + rb"|"
    rb"\xe2(?:\x80[\x80-\x8d\x90-\xa7\xaf-\xbf]|\x81[\x80-\xa5\xb0-\xbf]|[\x82-\xbf]" + _TAIL + rb")|"
    rb"\xef(?:[\x80-\xba\xbc-\xbe]" + _TAIL + rb"|\xbb[\x80-\xbe]|\xbf[\x80-\xb8\xbc-\xbf])|"
    rb"\xf0[\x90-\xbf]" + _TAIL + rb"{2}|[\xf1\xf2]" + _TAIL + rb"{3}|\xf4[\x80-\x8f]" + _TAIL + rb"{2}|"
    rb"\xf3(?:[\x80-\x9f\xa1-\xbf]" + _TAIL + rb"|\xa0[\x82-\xbf])" + _TAIL
)
_GOOD = re.compile(rb"(?:[ -~\r\n]++|" + _SEQUENCE + rb"|" + _LETTER + rb")*+")
# the beginning of something that may yet be allowed
_BEGUN = re.compile(
    rb"\x1b(?:\[[0-9;:?>=<]*+)?|[\xc2-\xdf]|[\xe0-\xef]" + _TAIL + rb"?|[\xf0-\xf4]" + _TAIL + rb"{0,2}"
)
# what goes with a byte that is not allowed, so that no half of it is shown: a sequence, or a control string to its end
_BAD = re.compile(
    rb"\x1b\[[0-?]*+[ -/]*+[@-~]?|\x1b[\]P_^X][^\x07\x18\x1a\x1b]*+(?:\x07|\x1b\\)?|\x1b[ -/]*+[0-~]?|[\s\S]"
)


def good_until(room: mmap | bytes | bytearray, start: int, end: int) -> int:
    """Where in `room[start:end]` the first byte stands that is not allowed, or that is not whole; else `end`."""
    found = _GOOD.match(room, start, end)
    return found.end() if found else start


def may_yet_be_good(room: mmap | bytes | bytearray, start: int, end: int) -> bool:
    """Whether all of `room[start:end]` is the beginning of something that is allowed."""
    return end - start <= LONGEST and _BEGUN.fullmatch(room, start, end) is not None


def bad_until(room: mmap | bytes | bytearray, start: int, end: int) -> int:
    """The end of what is not allowed at `start`."""
    found = _BAD.match(room, start, end)
    return found.end() if found else start + 1


def all_good(whole: bytes | bytearray) -> bool:
    """Whether a whole frame is allowed."""
    return good_until(whole, 0, len(whole)) == len(whole)
