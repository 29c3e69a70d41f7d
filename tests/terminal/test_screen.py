"""The tests' own screen shows what pyte's does, whatever is written, in whatever pieces."""

from __future__ import annotations

import pyte
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.terminal.screen import Screen

WRITTEN = st.one_of(
    st.text(st.sampled_from("abc xyz09"), max_size=30),
    st.text(st.sampled_from("aé你🙂│─e\u0301ｆ\u200b\x07"), max_size=12),
    st.sampled_from(["\r", "\n", "\r\n", "\t", "\b", "\x0e", "\x0f", "\x1bM", "\x1bD", "\x1b7", "\x1b8"]),
    st.sampled_from(["\x1b(0", "\x1b(B", "\x1b[31;1m", "\x1b[0m", "\x1bc", "\x1b#8"]),
    st.builds("\x1b[{};{}H".format, st.integers(1, 9), st.integers(1, 22)),
    st.builds("\x1b[{}{}".format, st.integers(0, 2), st.sampled_from("ABCDJKLMPX@m")),
    st.sampled_from(["\x1b[?7l", "\x1b[?7h", "\x1b[4h", "\x1b[4l", "\x1b[3J", "\x1b[2;4r", "\x1b[r"]),
    st.sampled_from(["\x1b[?25l", "\x1b[?25h", "\x1b[?6h", "\x1b[?6l", "\x1b[?3l"]),
)


def rows(screen: pyte.HistoryScreen) -> list[str] | None:
    """What pyte shows; nothing where it fails, which it does on half of a wide letter."""
    try:
        return [line.rstrip() for line in screen.display]
    except IndexError:
        return None


@settings(max_examples=400)
@given(st.lists(st.lists(WRITTEN, max_size=8).map("".join), max_size=6), st.booleans())
def test_it_shows_what_pyte_shows(pieces: list[str], resized: bool) -> None:
    """Rows, history, cursor and every cell are pyte's own, looked at after each piece; another size, too."""
    ours, theirs = Screen(20, 6, history=50), pyte.HistoryScreen(20, 6, history=50)
    streams = [pyte.ByteStream(screen) for screen in (ours, theirs)]
    for piece in pieces:
        for stream in streams:
            stream.feed(piece.encode())
        assert rows(theirs) in (None, ours.rows())
    if resized:
        for screen in (ours, theirs):
            screen.resize(4, 11)
    assert rows(theirs) in (None, ours.rows())
    assert (ours.cursor.x, ours.cursor.y) == (theirs.cursor.x, theirs.cursor.y)
    assert [dict(line) for line in ours.history.top] == [dict(line) for line in theirs.history.top]
    assert {y: dict(line) for y, line in ours.buffer.items()} == {y: dict(line) for y, line in theirs.buffer.items()}
