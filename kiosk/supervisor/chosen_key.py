"""The one further panic key that a station may choose, by name: `f5` to `f11`, or `ctrl+` and a letter."""

from __future__ import annotations

from kiosk.supervisor.user_input import RELEASE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kiosk.supervisor.control_sequence import ControlSequence

_LEGACY = {"f5": 15, "f6": 17, "f7": 18, "f8": 19, "f9": 20, "f10": 21, "f11": 23, "f12": 24}
_KITTY = {name: 57368 + place for place, name in enumerate(_LEGACY)}
_FUNCTION_ENDINGS = frozenset(b"~^$@")
_CTRL = 4
# these are Bell (it ends a terminal's own replies), Backspace, Tab and both kinds of Enter
_LETTERS = frozenset("abcdefklnopqrstuvwxyz")

NAMES = (*(name for name in _LEGACY if name != "f12"), *(f"ctrl+{letter}" for letter in sorted(_LETTERS)))
"""Every name that can be chosen."""


class ChosenKey:
    """One key in every encoding a terminal may give it. Raises ValueError for a name not in `NAMES`."""

    __slots__ = ("_code", "_kitty", "_letter", "control", "linux")

    control: int
    """The single byte the key sends in a plain terminal, -1 for a function key."""
    linux: int
    """The letter after `CSI [` on the Linux console, -1 for keys that have none."""

    def __init__(self, name: str) -> None:
        if name != "f12" and name not in NAMES:
            raise ValueError("not a key that can be chosen for panic")
        self._code = _LEGACY.get(name, -1)
        self._kitty = _KITTY.get(name, -1)
        self._letter = -1 if name in _LEGACY else ord(name[-1])
        self.control = self._letter & 0x1F if self._letter > 0 else -1
        self.linux = ord("E") if name == "f5" else -1

    def matches(self, sequence: ControlSequence, final: int) -> bool:
        """Whether a finished `CSI` sequence is this key going down, whatever locks or modifiers are on."""
        if sequence.mark or sequence.event == RELEASE:
            return False
        if self._letter < 0:
            return (final in _FUNCTION_ENDINGS and sequence.number == self._code) or (
                final == ord("u") and sequence.number == self._kitty
            )
        if not (sequence.modifiers - 1) & _CTRL or sequence.modifiers < 1:
            return False
        if final == ord("~") and sequence.number == 27:
            return sequence.third | 0x20 == self._letter
        return final == ord("u") and self._letter in (sequence.number | 0x20, sequence.base)


F12 = ChosenKey("f12")
"""Always on."""
