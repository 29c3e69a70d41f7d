"""S12: what a sitting may write on the real terminal, held against the tests' own grammar; what is not, is left out."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.supervisor.relay import Outward
from kiosk.supervisor.screen_grammar import all_good
from kiosk.supervisor.terminal import Terminal
from kiosk.terminal import modes
from tests.terminal.grammar import Forbidden, check
from tests.terminal.test_grammar import ALLOWED, FORBIDDEN

LINE_FACE = (b"\r", b"\n", b"\x1b[3J")
"""What lines need besides: the tests' grammar counts it among what is supervised."""
LEFT_TO_THE_TESTS = ("line feed", "carriage return", "history", "marks without end")
OUT_OF_BAND = {
    "keyboard lock": b"\x1b[2h",
    "palette": b"\x1b]4;1;rgb:ff/00/00\x07",
    "palette of the console": b"\x1b]P1ff0000",
    "notification": b"\x1b]777;notify;a;b\x07",
    "function keys redefined": b"\x1bP0;1|34/6869\x1b\\",
    "function keys of Sun": b"\x1b[?1051h",
    "window moved": b"\x1b[3;0;0t",
    "answer back": b"\x05",
    "soft reset": b"\x1b[!p",
    "media copy": b"\x1b[?5i",
    "vt52": b"\x1b[?2l",
    "repeated for ever": b"\x1b[99999999b",
    "cursor far away": b"\x1b[99999H",
    "a mode among known ones": b"\x1b[?25;2;7h",
}


@pytest.mark.parametrize("stream", [each for each in ALLOWED if each != modes.END.encode()], ids=repr)
def test_what_ours_write_goes_on(stream: bytes) -> None:
    """Everything that the tests allow an app goes on as it is."""
    assert all_good(stream)


@pytest.mark.parametrize("what", [*(each for each in FORBIDDEN if each not in LEFT_TO_THE_TESTS), *OUT_OF_BAND])
def test_what_may_not_is_left_out(what: str) -> None:
    """S12: alone, between letters, cut at every byte: nothing that arrives is more than the grammar allows."""
    bad = {**FORBIDDEN, **OUT_OF_BAND}[what]
    assert not all_good(bad)
    whole = b"good \x1b[1m" + bad + b" more"
    for cut in range(len(whole) + 1):
        arrived = b"".join(sifted([whole[:cut], whole[cut:]]))
        check(_without_lines(arrived), cut=True)
        assert arrived.startswith(b"good \x1b[1m")


def test_one_byte_at_a_time() -> None:
    """What is allowed arrives whole, however it is cut; nothing stays behind."""
    whole = b"".join(ALLOWED)
    assert b"".join(sifted([whole[at : at + 1] for at in range(len(whole))])) == whole


def test_half_a_piece_without_end_holds_nobody_up() -> None:
    """What is never finished is dropped once it is too long, and what follows goes on."""
    pieces = [b"\x1b[" + b"1" * 90, b"shown", b"\x1b[?" + b"25;" * 40, b"too", b"\xf0\x9f", b"!"]
    assert b"".join(sifted(pieces)).replace(b"1", b"").replace(b"25;", b"") == b"showntoo!"


PIECES = st.sampled_from(
    [
        *ALLOWED,
        *FORBIDDEN.values(),
        *OUT_OF_BAND.values(),
        b"\x1b",
        b"[",
        b"m",
        b"\xc2",
        b"\x9b",
        b"?",
        b"25",
        b"h",
        b";",
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=8).map(b"".join))
def test_it_agrees_with_the_grammar_of_the_tests(stream: bytes) -> None:
    """Both say the same of any mixture; letters with marks without end are the tests' alone."""
    plain = _without_lines(stream)
    try:
        check(plain)
    except Forbidden as refused:
        if "U+03" not in str(refused):
            assert not all_good(plain)
    else:
        assert all_good(plain)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=8).map(b"".join), st.integers(1, 7))
def test_what_arrives_is_always_allowed(stream: bytes, step: int) -> None:
    """Leaving something out never makes a sequence of what stood around it."""
    arrived = b"".join(sifted([stream[at : at + step] for at in range(0, len(stream), step)]))
    assert all_good(arrived)


def _without_lines(stream: bytes) -> bytes:
    for piece in LINE_FACE:
        stream = stream.replace(piece, b"")
    return stream


def sifted(writes: list[bytes]) -> Iterator[bytes]:
    """What the terminal gets of what a sitting writes."""
    outward = Outward()
    theirs, ours = os.pipe2(os.O_NONBLOCK)
    shown, glass = os.pipe2(os.O_NONBLOCK)
    terminal = Terminal(glass, found=[], owed=b"")
    try:
        for each in writes:
            os.write(ours, each)
            if each:
                assert outward.pull(theirs, terminal, muted=False)
            try:
                yield os.read(shown, 65536)
            except BlockingIOError:
                yield b""
        assert not outward.waiting
    finally:
        for descriptor in (theirs, ours, shown, glass):
            os.close(descriptor)
