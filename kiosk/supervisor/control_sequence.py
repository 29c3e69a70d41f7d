"""The numbers of one `CSI` sequence, gathered a byte at a time in small integers; no text is kept."""

from __future__ import annotations

_LARGEST = 0x10FFFF
_COLON, _SEMICOLON, _DOLLAR = 0x3A, 0x3B, 0x24


class ControlSequence:
    """What stands between `CSI` and the final byte, as far as keys need it.

    A key is `CSI number[:shifted[:base]] [; modifiers[:event] [; third]] final` (kitty keyboard protocol,
    xterm ctlseqs); everything else that a terminal sends has a mark (`< = > ?` or an intermediate byte)
    or another final byte.
    """

    __slots__ = ("_field", "_part", "_value", "base", "event", "mark", "modifiers", "number", "third")

    number: int
    """First number: a function key's code, or the letter's code point before `u`."""
    base: int
    """The same key on a Latin layout (kitty's alternate key), 0 where not told."""
    modifiers: int
    """One more than the bits shift 1, alt 2, ctrl 4, super 8, hyper 16, meta 32, caps 64, num 128; 0 not told."""
    event: int
    """1 press, 2 repeat, 3 release, 0 not told."""
    third: int
    """xterm's modifyOtherKeys has the letter here."""
    mark: int
    """The private or intermediate byte, 0 without one."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Forget the sequence."""
        self.number = self.base = self.modifiers = self.event = self.third = self.mark = 0
        self._field = self._part = self._value = 0

    @property
    def fields(self) -> int:
        """How many numbers, separated by `;`, were begun."""
        return self._field + 1

    def take(self, byte: int) -> bool:
        """Take one byte in 0x20..0x7e; tell whether it ended the sequence."""
        if 0x30 <= byte <= 0x39:
            self._value = min(self._value * 10 + byte - 0x30, _LARGEST)
        elif byte in (_COLON, _SEMICOLON):
            self._store()
            if byte == _COLON:
                self._part += 1
            else:
                self._field, self._part = self._field + 1, 0
        elif byte <= 0x3F and not (byte == _DOLLAR and self._is_rxvt_key()):
            self.mark = byte
        else:
            self._store()
            return True
        return False

    def _is_rxvt_key(self) -> bool:
        # rxvt ends shifted keys in `$`; a mode report has `$` too, but always after a second number
        return not self.mark and self._field == 0 and self._value > 0

    def _store(self) -> None:
        place = (self._field, self._part)
        if place == (0, 0):
            self.number = self._value
        elif place == (0, 2):
            self.base = self._value
        elif place == (1, 0):
            self.modifiers = self._value
        elif place == (1, 1):
            self.event = self._value
        elif place == (2, 0):
            self.third = self._value
        self._value = 0
