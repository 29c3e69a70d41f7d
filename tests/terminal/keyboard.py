"""Keys as terminals send them: one name, several encodings."""

from __future__ import annotations

from typing import Final

ENTER: Final = b"\r"
TAB: Final = b"\t"
ESC: Final = b"\x1b"
PASTE_START: Final = b"\x1b[200~"
PASTE_END: Final = b"\x1b[201~"

LEGACY: Final = {
    "enter": ENTER,
    "tab": TAB,
    "shift+tab": b"\x1b[Z",
    "escape": ESC,
    "space": b" ",
    "backspace": b"\x7f",
    "delete": b"\x1b[3~",
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "right": b"\x1b[C",
    "left": b"\x1b[D",
    "home": b"\x1b[H",
    "end": b"\x1b[F",
    "pageup": b"\x1b[5~",
    "pagedown": b"\x1b[6~",
    "ctrl+k": b"\x0b",
    "ctrl+q": b"\x11",
    "ctrl+u": b"\x15",
    "f1": b"\x1bOP",
    "f2": b"\x1bOQ",
    "f3": b"\x1bOR",
    "f4": b"\x1bOS",
    "f5": b"\x1b[15~",
    "f6": b"\x1b[17~",
    "f7": b"\x1b[18~",
    "f8": b"\x1b[19~",
    "f9": b"\x1b[20~",
    "f10": b"\x1b[21~",
    "f11": b"\x1b[23~",
    "f12": b"\x1b[24~",
}
"""What an xterm sends with nothing switched on."""

_FIRST_FOUR: Final = {"f1": "P", "f2": "Q", "f3": "R", "f4": "S"}
_LINUX: Final = {"f1": b"\x1b[[A", "f2": b"\x1b[[B", "f3": b"\x1b[[C", "f4": b"\x1b[[D", "f5": b"\x1b[[E"}
_CODES: Final = {"escape": 27, "enter": 13, "tab": 9, "backspace": 127, "space": 32}
_NUM_LOCK: Final = 128


def kitty(name: str, *, locks: int = _NUM_LOCK) -> bytes:
    """A key under kitty's protocol with every key told as a code, number lock on and the event said."""
    if name in _CODES:
        return b"\x1b[%d;%d:1u" % (_CODES[name], 1 + locks)
    if name == "f3":
        return b"\x1b[13;%d:1~" % (1 + locks)
    if name in _FIRST_FOUR:
        return b"\x1b[1;%d:1%s" % (1 + locks, _FIRST_FOUR[name].encode())
    legacy = LEGACY[name]
    if legacy[-1:] == b"~":
        return legacy[:-1] + b";%d:1~" % (1 + locks)
    if len(legacy) == 3:
        return b"\x1b[1;%d:1" % (1 + locks) + legacy[-1:]
    return b"\x1b[%d;%d:1u" % (ord("a") - 1 + legacy[0], 5 + locks)


def encoded(name: str, encoding: str = "legacy") -> bytes:
    """Return what a key sends: `legacy`, `linux` (the console), `kitty`, or `shift` (an xterm with Shift held)."""
    if len(name) == 1:
        return b"\x1b[%d;;%du" % (ord(name), ord(name)) if encoding == "kitty" else name.encode()
    if encoding == "linux":
        return _LINUX.get(name, LEGACY[name])
    if encoding == "kitty":
        return kitty(name)
    if encoding == "shift":
        return LEGACY[name][:-1] + b";2" + LEGACY[name][-1:]
    return LEGACY[name]


def click(column: int, row: int) -> bytes:
    """A press and a release of the left button, counted from 0 (SGR mouse)."""
    return b"\x1b[<0;%d;%dM\x1b[<0;%d;%dm" % (column + 1, row + 1, column + 1, row + 1)


PANIC: Final = {
    "legacy": b"\x1b[24~",
    "shift": b"\x1b[24;2~",
    "every modifier": b"\x1b[24;256~",
    "kitty with number lock": b"\x1b[24;129~",
    "kitty press": b"\x1b[24;1:1~",
    "kitty repeat": b"\x1b[24;193:2~",
    "kitty private code": b"\x1b[57375u",
    "rxvt with Shift": b"\x1b[24$",
    "rxvt with Ctrl": b"\x1b[24^",
    "Meta": b"\x1b\x1b[24~",
    "PuTTY VT100+": b"\x1bO[",
    "PuTTY SCO": b"\x1b[X",
    "Esc three times": b"\x1b\x1b\x1b",
    "kitty Esc three times": b"\x1b[27u" * 3,
    "kitty Esc with releases": b"\x1b[27;129:1u\x1b[27;129:3u" * 3,
    "modifyOtherKeys Esc": b"\x1b[27;2;27~" * 3,
}
"""Leave now, as terminals send it."""
