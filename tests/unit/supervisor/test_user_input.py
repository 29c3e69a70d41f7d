"""What the idle time counts: somebody's keys, pastes and clicks, not what a terminal says by itself."""

from __future__ import annotations

import pytest

from kiosk.supervisor.panic_key import STRING_PATIENCE, Recogniser

SOMEBODY = {
    "letter": b"a",
    "letter of another script": "я".encode(),
    "Enter": b"\r",
    "arrow": b"\x1b[A",
    "arrow with shift": b"\x1b[1;2A",
    "application arrow": b"\x1bOA",
    "F1": b"\x1bOP",
    "Linux console F1": b"\x1b[[A",
    "F5": b"\x1b[15~",
    "back tab": b"\x1b[Z",
    "Alt+x": b"\x1bx",
    "kitty letter": b"\x1b[97;;97u",
    "kitty repeat": b"\x1b[97;1:2u",
    "modifyOtherKeys": b"\x1b[27;5;9~",
    "paste": b"\x1b[200~words\x1b[201~",
    "button": b"\x1b[<0;10;20M",
    "wheel": b"\x1b[<64;10;20M",
    "old button": b"\x1b[M !!",
}

NOBODY = {
    "mouse moving": b"\x1b[<35;10;20M",
    "mouse dragging": b"\x1b[<32;10;20M",
    "button going up": b"\x1b[<0;10;20m",
    "old mouse moving": b"\x1b[MC!!",
    "old button going up": b"\x1b[M#!!",
    "old mouse far right": b"\x1b[MC\xff\xfe",
    "focus": b"\x1b[I\x1b[O",
    "device attributes": b"\x1b[?62;22c\x1b[>1;2;3c",
    "mode report": b"\x1b[?2026;2$y\x1b[4;2$y",
    "cursor report": b"\x1b[12;40R",
    "size": b"\x1b[48;24;80;480;800t\x1b[8;24;80t",
    "kitty flags": b"\x1b[?25u",
    "kitty key going up": b"\x1b[97;1:3u",
    "colour scheme": b"\x1b[?997;1n",
    "colour reply": b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\",
    "colour reply ended by a bell": b"\x1b]11;rgb:ffff/ffff/ffff\x07",
    "version reply": b"\x1bP>|kitty(0.26.5)\x1b\\",
    "graphics reply": b"\x1b_Gi=1;OK\x1b\\",
}


def counted(chunks: list[bytes]) -> bool:
    """Whether any of these reads counts."""
    recogniser = Recogniser()
    seen = False
    for chunk in chunks:
        recogniser.feed(bytearray(chunk), len(chunk), 1.0)
        seen = seen or recogniser.active
    return seen


def cuts(whole: bytes) -> list[list[bytes]]:
    return [[whole], *([whole[:place], whole[place:]] for place in range(1, len(whole)))]


@pytest.mark.parametrize("typed", SOMEBODY.values(), ids=SOMEBODY)
def test_somebody_is_there(typed: bytes) -> None:
    """OR-08: a key, a paste or a button starts the idle time again."""
    for chunks in cuts(typed):
        assert counted(chunks), chunks


@pytest.mark.parametrize("typed", NOBODY.values(), ids=NOBODY)
def test_a_terminal_is_nobody(typed: bytes) -> None:
    """OR-08: motion, focus and a terminal's replies never keep a sitting open."""
    for chunks in cuts(typed):
        assert not counted(chunks), chunks


def test_lone_escape_counts_once_it_stands_alone() -> None:
    """Esc alone is a key, told apart from the head of a sequence by what follows."""
    recogniser = Recogniser()
    recogniser.feed(bytearray(b"\x1b"), 1, 7.0)
    assert recogniser.lone_escape() == 7.0
    recogniser.feed(bytearray(b"[<35;1;1M"), 9, 7.1)
    assert recogniser.lone_escape() is None
    assert not recogniser.active


def test_a_reply_that_never_ends_hides_keys_for_a_moment_only() -> None:
    """A half-read reply does not make the idle time deaf."""
    recogniser = Recogniser()
    recogniser.feed(bytearray(b"\x1b]11;"), 5, 1.0)
    recogniser.feed(bytearray(b"abc"), 3, 1.5)
    assert not recogniser.active
    recogniser.feed(bytearray(b"abc"), 3, 1.1 + STRING_PATIENCE)
    assert recogniser.active
