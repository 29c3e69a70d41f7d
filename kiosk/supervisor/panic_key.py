"""Recognises the panic key in raw bytes, ahead of and apart from every parser that could go deaf."""

from __future__ import annotations

from kiosk.supervisor.chosen_key import F12, ChosenKey
from kiosk.supervisor.control_sequence import ControlSequence
from kiosk.supervisor.user_input import RELEASE, is_input, is_old_button

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mmap import mmap

ESCAPE_WINDOW = 1.5
"""Seconds in which Esc three times is panic, whatever lies between."""

STRING_PATIENCE = 1.0
"""Seconds after which a reply that a terminal began (DCS, OSC, APC) no longer hides keys from the idle time."""

_ESC, _BEL = 0x1B, 0x07
_GROUND, _ESCAPE, _CSI, _SS3, _LINUX, _STRING, _MOUSE = range(7)
_OPEN = frozenset((_ESCAPE, _CSI, _SS3, _LINUX))
"""Where a sequence has begun that may yet turn out to be none."""
# cursor, function and number pad keys (xterm ctlseqs, "VT220-Style Function Keys" and "PC-Style")
_SS3_KEYS = frozenset(b" ABCDEFHIMPQRSXjklmnopqrstuvwxy")
_NONE, _PENDING, _COUNTED = range(3)
_LONG_AGO = float("-inf")


class Recogniser:
    """A state machine over bytes. It holds small integers and times: no copy of what was typed.

    Every Esc byte starts afresh, so nothing that came before it (an open paste, half a letter, half a
    reply) can hide a panic key. A byte 0x9b is never `CSI`: it is the tail of many UTF-8 letters.

    An Esc byte is a press of Esc unless it begins a sequence that keyboards or terminals send, and that sequence
    comes to its end: hands that shake hit other keys between, and with a slow link in the same packet.
    """

    __slots__ = (
        "_at",
        "_chosen",
        "_control",
        "_counted",
        "_head",
        "_mouse",
        "_presses",
        "_sequence",
        "_since",
        "_state",
        "active",
    )

    active: bool
    """Whether the bytes of the latest `feed` held a key, a paste or a button (OR-08)."""

    def __init__(self, chosen: ChosenKey | None = None) -> None:
        self._chosen = chosen
        self._control = bytes((chosen.control,)) if chosen and chosen.control >= 0 else b""
        self._sequence = ControlSequence()
        self.forget()

    def forget(self) -> None:
        """Start as if nothing had been typed."""
        self._state = _GROUND
        self._counted = self.active = False
        self._mouse = 0
        self._head = _NONE
        self._at = self._since = _LONG_AGO
        self._presses = (_LONG_AGO, _LONG_AGO, _LONG_AGO)
        self._sequence.clear()

    @property
    def between_keys(self) -> bool:
        """Whether no sequence is half read (a lone Esc counts as whole)."""
        return self._state in (_GROUND, _ESCAPE)

    @property
    def touched(self) -> bool:
        """Whether the bytes of the latest `feed` came from hands, as far as is known; never from a mouse that moves."""
        return self.active or self._state != _GROUND

    def lone_escape(self) -> float | None:
        """When an Esc came that nothing has followed yet: a key, unless it is the head of a sequence."""
        return self._at if self._state == _ESCAPE and self._counted else None

    def feed(self, typed: mmap | bytearray, length: int, now: float) -> bool:
        """Read `typed[:length]`, arrived at `now` (seconds); True as soon as a panic key is complete."""
        self.active = False
        if self._state == _STRING and now - self._since > STRING_PATIENCE:
            self._state, self._head = _GROUND, _NONE
        if self._state == _GROUND and not self._may_matter(typed, length):
            self.active = True
            return False
        for place in range(length):
            byte = typed[place]
            if byte == _ESC:
                if self._escape(now, place == length - 1):
                    return True
            elif self._step(byte, now):
                return True
        return False

    def _may_matter(self, typed: mmap | bytearray, length: int) -> bool:
        if typed.find(b"\x1b", 0, length) >= 0:
            return True
        return bool(self._control) and typed.find(self._control, 0, length) >= 0

    def _press(self, at: float) -> bool:
        last, before, _ = self._presses
        self._presses = (at, last, before)
        return at - before <= ESCAPE_WINDOW

    def _take_back(self) -> None:
        self._presses = (*self._presses[1:], _LONG_AGO)

    def _was_escape(self) -> bool:
        """The latest Esc byte began nothing: count it, unless that was done when it came."""
        self.active = True
        return not self._counted and self._press(self._at)

    def _broken(self) -> bool:
        """A reply that was begun comes to no end: count the Esc before it, unless that was done when it came."""
        head, self._head = self._head, _NONE
        return head == _PENDING and self._press(self._since)

    def _end_reply(self) -> None:
        """A whole reply: the Esc before it was no key."""
        if self._head == _COUNTED:
            self._take_back()
        self._head = _NONE

    def _escape(self, now: float, at_end: bool) -> bool:
        """An Esc byte: it counts at once when nothing follows yet, and ends the one before it."""
        in_string = self._state == _STRING
        if self._state in _OPEN and (self._broken() or self._was_escape()):
            return True
        self._state, self._at = _ESCAPE, now
        # inside a reply an Esc is most likely its end; if it was a key, what comes next counts it
        self._counted = at_end and not in_string
        return self._counted and self._press(now)

    def _step(self, byte: int, now: float) -> bool:
        state, self._state = self._state, _GROUND
        if byte < 0x20 or byte >= 0x7F:
            return self._outside(state, byte)
        if state == _ESCAPE:
            return self._after_escape(byte, now)
        if state == _CSI:
            if not self._sequence.take(byte):
                self._state = _CSI
                return False
            return self._finish(byte, now)
        if state == _STRING:
            self._state = _STRING
            return False
        if state == _MOUSE:
            return self._old_mouse(byte)
        self.active = True
        if state == _SS3:
            # PuTTY's VT100+ keyboard sends F12 as ESC O [
            return byte == 0x5B or (byte not in _SS3_KEYS and self._was_escape())
        return state == _LINUX and self._chosen is not None and byte == self._chosen.linux

    def _outside(self, state: int, byte: int) -> bool:
        """A control byte or a byte of a letter: it ends any sequence and is a key of its own."""
        if state == _STRING and byte >= 0x80:
            self._state = _STRING
            return False
        if state == _STRING and byte == _BEL:
            self._end_reply()
            return False
        if state == _MOUSE and byte >= 0x7F:
            return self._old_mouse(byte)
        self.active = True
        if self._broken() or (state in _OPEN and self._was_escape()):
            return True
        return self._chosen is not None and byte == self._chosen.control

    def _after_escape(self, byte: int, now: float) -> bool:
        if byte == 0x5C and self._head:
            self._end_reply()
            return False
        if self._broken():
            return True
        if byte in b"[O":
            if self._counted:
                self._take_back()
                self._counted = False
            self._state = _CSI if byte == 0x5B else _SS3
            self._sequence.clear()
            return False
        if byte in b"P]_":
            # most likely the head of a terminal's reply
            self._state, self._since = _STRING, now
            self._head = _COUNTED if self._counted else _PENDING
            return False
        # Alt and a letter, or an Esc with a letter close behind
        return self._was_escape()

    def _old_mouse(self, byte: int) -> bool:
        if self._mouse == 3 and is_old_button(byte):
            self.active = True
        self._mouse -= 1
        self._state = _MOUSE if self._mouse else _GROUND
        return False

    def _finish(self, final: int, now: float) -> bool:
        sequence = self._sequence
        if final == 0x5B and sequence.fields == 1 and not sequence.number and not sequence.mark:
            self._state = _LINUX
            return False
        if final == 0x4D and not sequence.mark and sequence.fields == 1:
            self._state, self._mouse = _MOUSE, 3
            return False
        if F12.matches(sequence, final) or (self._chosen is not None and self._chosen.matches(sequence, final)):
            return True
        if final == 0x58 and not sequence.mark and not sequence.number:  # PuTTY's SCO keyboard: F12 is CSI X
            return True
        if self._is_escape(sequence, final):
            self.active = True
            return self._press(now)
        if is_input(sequence, final):
            self.active = True
        return False

    @staticmethod
    def _is_escape(sequence: ControlSequence, final: int) -> bool:
        if sequence.mark or sequence.event == RELEASE or sequence.number != 27:
            return False
        return final == ord("u") or (final == ord("~") and sequence.third == 27)
