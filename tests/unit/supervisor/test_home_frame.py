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
