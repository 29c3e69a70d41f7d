"""The panic key by rules over everything that was ever typed: slow, with expressions, and with nothing half read.

What `kiosk.supervisor.panic_key` decides byte by byte is decided here from the whole of it. An Esc begins a piece, and
a piece has one meaning; whatever else stands in it are keys.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

WINDOW, PATIENCE = 1.5, 1.0
F12 = {(24, end) for end in "~^$@"} | {(57375, "u")}
CHOSEN = {
    "": (set(), None, None),
    "f5": ({(15, end) for end in "~^$@"} | {(57368, "u")}, None, "E"),
    "ctrl+k": (set(), 0x0B, None),
}
"""The keys that are tried: what matches them as a function key, as a control byte, behind `CSI [`."""

RXVT = re.compile(rb"\[([0-9:]*)\$")
KEYS = b"ABCDEFGHPQSXZabcd~^$@u"


@dataclass(frozen=True)
class Typed:
    """One byte, when it came, and whether its read ended with it."""

    byte: int
    at: float
    last: bool


def numbers(text: bytes) -> list[list[int]]:
    """The fields of a sequence, each its parts; what is empty or far too large is 0 or the largest letter."""
    return [[min(int(part or b"0"), 0x10FFFF) for part in field.split(b":")] for field in text.split(b";")]


def part(fields: list[list[int]], field: int, place: int) -> int:
    return fields[field][place] if field < len(fields) and place < len(fields[field]) else 0


class Slow:
    """Whether all that was typed holds panic."""

    def __init__(self, chosen: str) -> None:
        self.function, self.control, self.linux = CHOSEN[chosen]
        self.letter = chosen[-1] if chosen.startswith("ctrl+") else ""
        self.presses: list[float] = []
        self.string_until: float | None = None
        """Until when a terminal's reply, begun and not ended, swallows what comes."""

    def fires(self, typed: list[Typed]) -> bool:
        if any(each.byte == self.control for each in typed):
            return True
        starts = [at for at, each in enumerate(typed) if each.byte == 0x1B]
        if typed and (not starts or starts[0] > 0):
            self.presses.clear()
        for start, end in pairwise([*starts, len(typed)]):
            follows = typed[end] if end < len(typed) else None
            if self._piece(typed[start], typed[start + 1 : end], follows):
                return True
        return False

    def _press(self, at: float) -> bool:
        self.presses.append(at)
        return len(self.presses) > 2 and at - self.presses[-3] <= WINDOW

    def _piece(self, escape: Typed, rest: list[Typed], follows: Typed | None) -> bool:
        inside = self.string_until is not None and escape.at <= self.string_until
        self.string_until = None
        at_once = escape.last and not inside
        if at_once and self._press(escape.at):
            return True
        if not rest:
            return bool(follows and not at_once and self._press(follows.at))
        raw = bytes(each.byte for each in rest)
        if raw[:1] in (b"[", b"O"):
            if at_once:
                self.presses.pop()
            return self._linux_or_ss3(raw) or self._sequence(raw, rest)
        if raw[:1] == b"\\" and inside:
            self._keys(raw[1:])
            return False
        if not 0x20 <= raw[0] < 0x7F:
            self.presses.clear()
            return False
        if not at_once and self._press(rest[0].at):
            return True
        if raw[:1] in (b"P", b"]", b"_"):
            self.presses.pop()
            self._string(rest)
        else:
            self.presses.clear()
        return False

    def _string(self, rest: list[Typed]) -> None:
        until = rest[0].at + PATIENCE
        for place, each in enumerate(rest[1:], start=1):
            if each.at > until:
                self.presses.clear()
                return
            if each.byte == 7:
                self._keys(bytes(later.byte for later in rest[place + 1 :]))
                return
            if each.byte < 0x20 or each.byte == 0x7F:
                self.presses.clear()
                return
        self.string_until = until

    def _keys(self, rest: bytes) -> None:
        if rest:
            self.presses.clear()

    def _linux_or_ss3(self, raw: bytes) -> bool:
        linux = re.match(rb"\[[0:]*(?::[0-9:]*)?\[([ -~])", raw)
        return raw.startswith(b"O[") or bool(linux and self.linux and linux[1] == self.linux.encode())

    def _sequence(self, raw: bytes, rest: list[Typed]) -> bool:
        if raw.startswith(b"O"):
            self._keys(raw[1:])
            return False
        rxvt = RXVT.match(raw)
        if rxvt and numbers(rxvt[1])[0][-1]:
            found, text, mark, final = rxvt, rxvt[1], b"", "$"
        else:
            sequence = re.match(rb"\[([ -?]*)([@-~]?)", raw)
            assert sequence
            found = sequence
            plain = bytes(byte for byte in found[1] if byte in b"0123456789:;")
            text, final = plain, found[2].decode()
            mark = bytes(byte for byte in found[1] if byte not in b"0123456789:;")
        if not final:
            self._keys(raw[found.end() :])
            return False
        return self._meaning(numbers(text), mark[-1:], final, raw[found.end() :], rest[found.end() - 1].at)

    def _meaning(self, fields: list[list[int]], mark: bytes, final: str, after: bytes, at: float) -> bool:
        number, event, third = part(fields, 0, 0), part(fields, 1, 1), part(fields, 2, 0)
        down = not mark and event != 3
        if final == "M" and not mark and len(fields) == 1:
            self._mouse(after)
            return False
        if final == "[" and not mark and len(fields) == 1 and not number:
            self._keys(after)
            return False
        if (down and (number, final) in F12 | self.function) or (final == "X" and not mark and not number):
            return True
        if down and self.letter and self._with_ctrl(fields, final):
            return True
        if down and number == 27 and (final == "u" or (final == "~" and third == 27)):
            if self._press(at):
                return True
        elif self._is_key(fields, mark, final, down):
            self.presses.clear()
        self._keys(after)
        return False

    def _with_ctrl(self, fields: list[list[int]], final: str) -> bool:
        modifiers, letter = part(fields, 1, 0), ord(self.letter)
        if modifiers < 1 or not (modifiers - 1) & 4:
            return False
        if final == "~" and part(fields, 0, 0) == 27:
            return part(fields, 2, 0) | 0x20 == letter
        return final == "u" and letter in (part(fields, 0, 0) | 0x20, part(fields, 0, 2))

    @staticmethod
    def _is_key(fields: list[list[int]], mark: bytes, final: str, down: bool) -> bool:
        if mark == b"<":
            return final == "M" and not part(fields, 0, 0) & 32
        if not down:
            return False
        if final == "R":
            return len(fields) == 1
        return part(fields, 0, 0) == 0 if final == "c" else final.encode() in [bytes((key,)) for key in KEYS]

    def _mouse(self, after: bytes) -> None:
        report, keys = after[:3], after[3:]
        button = report[0] - 32 if report else 3
        pressed = button >= 0 and not button & 32 and button & 3 != 3
        if keys or pressed or any(byte < 0x20 for byte in report):
            self.presses.clear()


def verdict(reads: list[tuple[bytes, float]], chosen: str) -> int | None:
    """The first read after which there is panic; `None` when there is none. Each looks at all reads up to it."""
    typed: list[Typed] = []
    for place, (read, at) in enumerate(reads):
        typed += [Typed(byte, at, there == len(read) - 1) for there, byte in enumerate(read)]
        if Slow(chosen).fires(typed):
            return place
    return None
