"""The checker that the other tests lean on lets through what it should and nothing more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.supervisor import terminal as supervisor
from kiosk.terminal import modes
from kiosk.terminal.text import clean
from tests.terminal.grammar import Forbidden, check

ALLOWED = [
    b"",
    b"plain words",
    "Grüße, 你好, нет, שלום, 👩‍👧, é́".encode(),
    b"\x1b[0m\x1b[1;38;2;1;2;3;48;5;7mred\x1b[m",
    b"\x1b[H\x1b[12;40H\x1b[3A\x1b[2J\x1b[K\x1b[1G\x1b[4d",
    modes.START.encode(),
    modes.FRAME.encode(),
    modes.END.encode(),
]

FORBIDDEN = {
    "bell": b"\x07",
    "line feed": b"a\nb",
    "tab": b"a\tb",
    "carriage return": b"a\rb",
    "shift out": b"\x0e",
    "delete": b"\x7f",
    "title": b"\x1b]0;title\x07",
    "clipboard": b"\x1b]52;c;aGk=\x1b\\",
    "link": b"\x1b]8;;https://example.org\x1b\\",
    "pointer": b"\x1b]22;text\x07",
    "device control": b"\x1bP+q544e\x1b\\",
    "application command": b"\x1b_Gf=24\x1b\\",
    "privacy message": b"\x1b^x\x1b\\",
    "cursor query": b"\x1b[6n",
    "attributes query": b"\x1b[c",
    "mode query": b"\x1b[?2026$p",
    "window query": b"\x1b[18t",
    "print": b"\x1b[5i",
    "scroll region": b"\x1b[1;10r",
    "history": b"\x1b[3J",
    "in-band sizes": b"\x1b[?2048h",
    "synchronized output": b"\x1b[?2026h",
    "reverse the screen": b"\x1b[?5h",
    "full reset": b"\x1bc",
    "charset": b"\x1b(0",
    "8-bit CSI": "\x9b2J".encode(),
    "bare 8-bit": b"\x9b2J",
    "not UTF-8": b"a\xff",
    "cut letter": b"\xc3 a",
    "overlong": b"\xc0\xaf",
    "surrogate": b"\xed\xa0\x80",
    "line separator": "\u2028".encode(),
    "bidi": "\u202e".encode(),
    "byte order mark": "\ufeff".encode(),
    "tag": "\U000e0041".encode(),
    "marks without end": ("a" + "\u0301" * 31).encode(),
    "keyboard": b"\x1b[>31u",
    "half": b"\x1b[",
}


@pytest.mark.parametrize("stream", ALLOWED, ids=range(len(ALLOWED)))
def test_what_an_app_needs_is_allowed(stream: bytes) -> None:
    """Colours, moves, erasing, the modes of ours, and the letters of all languages."""
    check(stream)


@pytest.mark.parametrize("what", FORBIDDEN)
def test_everything_else_is_not(what: str) -> None:
    """H3: each is refused, alone and after good text, and the place is named."""
    with pytest.raises(Forbidden):
        check(FORBIDDEN[what])
    with pytest.raises(Forbidden) as caught:
        check(b"good \x1b[1m" + FORBIDDEN[what] + b" good")
    assert caught.value.position >= 9 - 1


@pytest.mark.parametrize("cut", [b"a\x1b", b"a\x1b[", b"a\x1b[38;2;", b"a\xe2\x82", b"a\xf0"])
def test_a_stream_that_was_cut(cut: bytes) -> None:
    """A killed process stops in mid-air: allowed when told so, and only at the end."""
    check(cut, cut=True)
    with pytest.raises(Forbidden):
        check(cut)
    with pytest.raises(Forbidden):
        check(cut + b"\x07", cut=True)


def test_what_only_the_supervisor_writes() -> None:
    """Cancelling half a sequence, history, and modes that others left on."""
    for panic in (supervisor.BLANK, supervisor.RESET):
        check(panic, supervised=True)
        with pytest.raises(Forbidden):
            check(panic)
    with pytest.raises(Forbidden):
        check(b"\x1b[?2048h", supervised=True)


@given(st.text())
def test_cleaned_text_always_passes(text: str) -> None:
    """H4: the cleaner and the checker agree."""
    check(clean(text).encode())
