"""The terminal's modes: the fixed text that sets them and the one that takes them back."""

from __future__ import annotations

from typing import Final

_SCREEN: Final = "\x1b[?1049h\x1b[?25l\x1b[?1000h\x1b[?1003h\x1b[?1006h\x1b[?1004h\x1b[?2004h\x1b[?7l"

START: Final = _SCREEN + "\x1b[>25u"
"""Alternate screen, no cursor, mouse, focus, marked pastes, no wrap; kitty's keyboard pushed on its stack."""

FRAME: Final = _SCREEN + "\x1b[=25;1u\x1b[0m"
"""The same ahead of a whole frame: kitty's keyboard set, because the stack may already hold it."""

END: Final = "\x1b[?2004l\x1b[?7h\x1b[?1000l\x1b[?1003l\x1b[?1006l\x1b[?1004l\x1b[<u\x1b[2J\x1b[?1049l\x1b[2J\x1b[?25h"
"""Everything back; what was shown is erased on both screens, because some consoles have only one (panic E6)."""
