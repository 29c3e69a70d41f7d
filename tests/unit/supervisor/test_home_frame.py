"""Pages that the supervisor shows by itself."""

from __future__ import annotations

import os

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.supervisor.home_frame import Frame, built_in
from kiosk.supervisor.terminal import RESET


@pytest.mark.parametrize("size", [(1, 1), (2, 1), (1, 2), (5, 3), (80, 24), (400, 200)])
def test_built_in_page_fits_any_size(size: tuple[int, int]) -> None:
    """The built-in page is clipped, never wraps and never scrolls."""
    columns, rows = size
    lines = ["Neutral page", "", "third line", "fourth"]
    screen = pyte.Screen(columns, rows)
    plain = RESET.replace(b"\x1b[<99u", b"").replace(b"\x1b[=0;1u", b"").replace(b"\x1b[>4;0m", b"")
    pyte.ByteStream(screen).feed(plain + built_in(lines, size))
    shown = [line[:columns].rstrip() for line in lines[:rows]]
    assert [line.rstrip() for line in screen.display][: len(shown)] == shown


@settings(deadline=None)
@given(st.lists(st.text(max_size=20), max_size=5))
def test_built_in_page_lets_no_control_through(lines: list[str]) -> None:
    """Whatever the settings hold, only letters and our own codes are written."""
    page = built_in(lines, (80, 24)).decode()
    for row in range(1, 25):
        page = page.replace(f"\x1b[{row};1H", "")
    page = page.replace("\x1b[?7l\x1b[?25l", "").replace("\x1b[H", "")
    assert all(letter.isprintable() for letter in page)


def test_frame_is_for_one_size() -> None:
    """A frame is shown on a terminal of its own size only, and the latest one is the one kept."""
    frame = Frame()
    assert not frame.fits((80, 24))
    frame.keep(bytearray(b"a longer frame"), (80, 24))
    frame.keep(bytearray(b"frame"), (100, 30))
    assert frame.fits((100, 30))
    assert not frame.fits((80, 24))
    again = Frame(frame.fd, frame.length, frame.size)
    assert again.read() == b"frame"
    os.close(frame.fd)


def test_reset_clears_before_and_after_leaving_the_alternate_screen() -> None:
    """P3: consoles without an alternate screen are cleared too, with their history, and kitty's modes popped first."""
    before, _, after = RESET.partition(b"\x1b[?1049l")
    assert b"\x1b[2J\x1b[3J\x1b[H" in before
    assert b"\x1b[<99u" in before
    assert after.endswith(b"\x1b[2J\x1b[3J\x1b[H")
    assert RESET.startswith(b"\x18\x1b\\")


UNDONE = {
    "a keyboard that was locked (KAM)": b"\x1b[2l",
    "a soft reset (DECSTR)": b"\x1b[!p",
    "function keys of another maker (xterm's ?1050 to ?1061)": b"\x1b[?1050;1051;1052;1053;1060;1061l",
    "the palette of xterm": b"\x1b]104\x1b\\",
    "the palette of the console": b"\x1b]R",
    "colours of letters, ground and cursor": b"\x1b]110\x1b\\\x1b]111\x1b\\\x1b]112\x1b\\",
    "the title": b"\x1b]0;\x1b\\",
    "the clipboard": b"\x1b]52;c;!\x1b\\",
    "letters that are lines (SO, and G0)": b"\x0f\x1b(B",
    "letters that are lines (G1 to G3)": b"\x1b)B\x1b*B\x1b+B",
    "letters pushed aside (IRM), places counted from a margin, keys of an application, a screen in reverse": (
        b"\x1b[4l\x1b[?6l\x1b[?1l\x1b[?5l\x1b>"
    ),
    "a mouse that is told of, in every way": (
        b"\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1005l\x1b[?1006l\x1b[?1015l\x1b[?1016l"
    ),
    "focus, pastes in brackets, sizes": b"\x1b[?1004l\x1b[?2004l\x1b[?2048l",
    "keys as kitty and xterm tell them": b"\x1b[<99u\x1b[=0;1u\x1b[>4;0m",
    "output held back": b"\x1b[?2026l",
}
"""What could be left on a terminal, and what undoes it (xterm ctlseqs, kitty keyboard protocol, console_codes(4))."""


@pytest.mark.parametrize("what", UNDONE)
def test_whatever_was_done_to_a_terminal_is_undone(what: str) -> None:
    """P3, S12: each stands in the one page that every end paints."""
    assert UNDONE[what] in RESET
