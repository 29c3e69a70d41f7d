"""What counts as somebody being there: a key, a paste, a button; never what a terminal tells by itself."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kiosk.supervisor.control_sequence import ControlSequence

RELEASE = 3
"""The event number of a key that goes up (kitty keyboard protocol)."""

_KEY_ENDINGS = frozenset(b"ABCDEFGHPQSXZabcd~^$@u")
_MOTION = 32


def is_input(sequence: ControlSequence, final: int) -> bool:
    """Whether a finished `CSI` sequence is a key, a paste's edge or a mouse button going down.

    Not input: motion, a button or key going up, focus (`I`, `O`), device attributes, mode and cursor
    reports, sizes, colours. An xterm's Shift+F3 looks like a cursor report and is taken for one: the idle
    time may then end earlier, which is the safe side.
    """
    if sequence.mark == ord("<"):
        return final == ord("M") and not sequence.number & _MOTION
    if sequence.mark or sequence.event == RELEASE:
        return False
    if final == ord("R"):
        return sequence.fields == 1
    if final == ord("c"):
        return sequence.number == 0
    return final in _KEY_ENDINGS


def is_old_button(code: int) -> bool:
    """Whether the first byte after `CSI M` (the mouse report of X10) is a button going down."""
    button = code - 32
    return not button & _MOTION and button & 3 != 3
