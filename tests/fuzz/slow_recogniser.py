"""The panic key by rules over everything that was ever typed: slow, with expressions, and with nothing half read.

What `kiosk.supervisor.panic_key` decides byte by byte is decided here from the whole of it. An Esc begins a piece, and
a piece has one meaning: a key, a report or a reply that is whole, or else Esc.
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
SS3 = [bytes((key,)) for key in b" ABCDEFHIMPQRSXjklmnopqrstuvwxy["]


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
        self.head: float | None = None
        """When that reply began, where the Esc before it was not counted."""

    def fires(self, typed: list[Typed]) -> bool:
        if any(each.byte == self.control for each in typed):
            return True
        starts = [at for at, each in enumerate(typed) if each.byte == 0x1B]
        for start, end in pairwise([*starts, len(typed)]):
            if self._piece(typed[start], typed[start + 1 : end], over=end < len(typed)):
                return True
        return False

    def _press(self, at: float) -> bool:
        self.presses.append(at)
        return len(self.presses) > 2 and at - self.presses[-3] <= WINDOW

    def _piece(self, escape: Typed, rest: list[Typed], *, over: bool) -> bool:
        """One Esc and what follows it; `over` where the next Esc has come."""
        inside = self.string_until is not None and escape.at <= self.string_until
        head, counted = self.head, self.head is None
        self.string_until = self.head = None
        at_once = escape.last and not inside
        if at_once and self._press(escape.at):
            return True
        raw = bytes(each.byte for each in rest)
        if raw[:1] == b"\\" and inside:
            if counted:
                self.presses.pop()
            return False
        if inside and head is not None and (raw or over) and self._press(head):
            return True
        if raw[:1] in (b"[", b"O"):
            if at_once:
                self.presses.pop()
            if self._key(raw, rest):
                return True
            return self._is_broken(raw, over) and self._press(escape.at)
        if raw[:1] in (b"P", b"]", b"_"):
            return self._string(rest, counted=at_once)
        return bool(raw or over) and not at_once and self._press(escape.at)

    def _string(self, rest: list[Typed], *, counted: bool) -> bool:
        """What may be a terminal's reply: at its end it is, and the Esc before it was no key."""
        until = rest[0].at + PATIENCE
        for each in rest[1:]:
            if each.at > until:
                return False
            if each.byte == 7:
                if counted:
                    self.presses.pop()
                return False
            if each.byte < 0x20 or each.byte == 0x7F:
                return not counted and self._press(rest[0].at)
        self.string_until, self.head = until, None if counted else rest[0].at
        return False

    @staticmethod
    def _is_broken(raw: bytes, over: bool) -> bool:
        """Whether what began like a known sequence cannot become one any more."""
        if raw[:1] == b"O":
            return raw[1:2] not in SS3 if raw[1:] else over
        rest = RXVT.sub(b"", raw, count=1) if _is_rxvt(raw) else raw
        if rest != raw:
            return False
        number = re.match(rb"\[([0-9:]*)\[", raw)
        if number and not part(numbers(number[1]), 0, 0):
            rest = raw[number.end() :]
            return not 0x20 <= rest[0] < 0x7F if rest else over
        found = re.match(rb"\[[ -?]*", raw)
        assert found
        rest = raw[found.end() :]
        return not 0x40 <= rest[0] < 0x7F if rest else over

    def _key(self, raw: bytes, rest: list[Typed]) -> bool:
        linux = re.match(rb"\[[0:]*(?::[0-9:]*)?\[([ -~])", raw)
        if raw.startswith(b"O[") or (linux and self.linux and linux[1] == self.linux.encode()):
            return True
        if raw.startswith(b"O"):
            return False
        if _is_rxvt(raw):
            found = RXVT.match(raw)
            assert found
            text, mark, final = found[1], b"", "$"
        else:
            sequence = re.match(rb"\[([ -?]*)([@-~]?)", raw)
            assert sequence
            found = sequence
            text = bytes(byte for byte in found[1] if byte in b"0123456789:;")
            mark, final = bytes(byte for byte in found[1] if byte not in b"0123456789:;"), found[2].decode()
        return bool(final) and self._meaning(numbers(text), mark[-1:], final, rest[found.end() - 1].at)

    def _meaning(self, fields: list[list[int]], mark: bytes, final: str, at: float) -> bool:
        number, event, third = part(fields, 0, 0), part(fields, 1, 1), part(fields, 2, 0)
        down = not mark and event != 3
        if final == "M" and not mark and len(fields) == 1:
            return False
        if (down and (number, final) in F12 | self.function) or (final == "X" and not mark and not number):
            return True
        if down and self.letter and self._with_ctrl(fields, final):
            return True
        escape = down and number == 27 and (final == "u" or (final == "~" and third == 27))
        return escape and self._press(at)

    def _with_ctrl(self, fields: list[list[int]], final: str) -> bool:
        modifiers, letter = part(fields, 1, 0), ord(self.letter)
        if modifiers < 1 or not (modifiers - 1) & 4:
            return False
        if final == "~" and part(fields, 0, 0) == 27:
            return part(fields, 2, 0) | 0x20 == letter
        return final == "u" and letter in (part(fields, 0, 0) | 0x20, part(fields, 0, 2))


def _is_rxvt(raw: bytes) -> bool:
    """Whether a sequence ends in rxvt's `$`, which ends keys there and stands in the middle of a report elsewhere."""
    found = RXVT.match(raw)
    return bool(found and numbers(found[1])[0][-1])


def verdict(reads: list[tuple[bytes, float]], chosen: str) -> int | None:
    """The first read after which there is panic; `None` when there is none. Each looks at all reads up to it."""
    typed: list[Typed] = []
    for place, (read, at) in enumerate(reads):
        typed += [Typed(byte, at, there == len(read) - 1) for there, byte in enumerate(read)]
        if Slow(chosen).fires(typed):
            return place
    return None
