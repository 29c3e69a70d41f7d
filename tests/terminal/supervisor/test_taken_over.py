"""S12: a sitting that somebody has taken over speaks to the terminal: none of it arrives but letters and colours."""

from __future__ import annotations

import pytest

from tests.terminal.grammar import check
from tests.terminal.supervisor.conftest import Start
from tests.terminal.supervisor.glass import F12
from tests.terminal.supervisor.toy import EVIL


@pytest.mark.parametrize("how", ["evil", "evil slowly"])
def test_nothing_but_the_grammar_arrives(start: Start, how: str) -> None:
    """Title, clipboard, palette, a locked keyboard, a print, redefined keys: left out, in one piece or byte by byte."""
    glass = start(how)
    glass.sitting()
    glass.type(b"spoken")
    glass.until(b"behind it", glass.until(b"said=spoken="))
    shown = bytes(glass.shown)
    for evil in EVIL:
        assert evil not in shown
    check(shown, supervised=True, cut=True)


def test_no_frame_of_it_is_kept_either(start: Start) -> None:
    """A standby's frame that is not allowed is never shown: after a panic the built-in page stands there first."""
    glass = start("frames")
    first = glass.sitting()
    place = glass.mark()
    glass.type(F12)
    glass.gone(first)
    glass.until(b"Neutral page", place)
    for evil in EVIL:
        assert evil not in glass.shown
