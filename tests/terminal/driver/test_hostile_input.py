"""A1 to A8, B6: whatever bytes come in, the app lives on, the next key works, and no key is made up."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.crosses import enough
from tests.terminal.driver.conftest import TELL, Terminal

SEED = int(os.environ.get("KIOSK_SEED", "20260729"))
STREAMS = int(os.environ.get("KIOSK_STREAMS", "300"))
"""Random streams, in batches of `STREAMS_AT_ONCE` to one app; `make fuzz` sends 10,000."""
STREAMS_AT_ONCE = 25

RECOVER = b"\x1b\\\x1b[201~"
"""Ends any string and any paste."""


def _noise(chance: random.Random) -> bytes:
    """Half a kilobyte of bytes, or of pieces of what terminals send. Never the panic key: that is the supervisor's."""
    made = chance.randbytes(512) if chance.random() < 0.4 else b"".join(_piece(chance) for _ in range(40))
    return made.replace(b"\x12", b"r").replace(TELL, b"t").replace(b"\x0c", b"l")


def _piece(chance: random.Random) -> bytes:
    number = str(chance.choice((0, 1, 3, 27, 97, 200, 201, 48, 1049, 57441, 10**7, 10**12))).encode()
    letters = bytes(chance.randrange(32, 256) for _ in range(chance.randrange(6)))
    return chance.choice(
        (
            b"\x1b[" + number + chance.choice((b"~", b"u", b";5u", b";1:3u", b";;97:98u", b";" + number + b"R", b"t")),
            b"\x1b[<" + number + b";" + number + b";" + number + chance.choice((b"M", b"m", b"")),
            b"\x1b[M" + letters,
            b"\x1b]" + number + b";" + letters + chance.choice((b"\x07", b"\x1b\\", b"")),
            b"\x1bP" + letters,
            b"\x1b[200~" + letters + chance.choice((b"\x1b[201~", b"")),
            b"\x1b[?" + number + b";1$y",
            b"\x1b" + letters,
            b"\x1bO",
            letters,
            "é漢👩‍👧\u202e\u200b".encode()[: chance.randrange(20)],
            b"\x00\x1b\x7f\x9b",
        )
    )


@pytest.mark.parametrize("batch", enough(range(STREAMS // STREAMS_AT_ONCE), 4))
def test_random_streams(start: Callable[..., Terminal], batch: int) -> None:
    """A1, A2: after each stream the app is there, and a field takes a word rightly. (Stock: 60 of 60 ended.)"""
    chance = random.Random(SEED + batch)
    terminal = start()
    for _ in range(STREAMS_AT_ONCE):
        stream = _noise(chance)
        terminal.send(stream)
        terminal.send(RECOVER)
        terminal.send(b"\x12safe" + TELL)
        assert terminal.told()["first"] == "safe", stream
    assert terminal.alive()


KUHN = {
    "lone continuation": (b"\x80", "\ufffd"),
    "two continuations": (b"\x80\xbf", "\ufffd\ufffd"),
    "lone start of two": (b"\xc3", "\ufffd"),
    "lone start of three": (b"\xe2\x82", "\ufffd"),
    "lone start of four": (b"\xf0\x9f\x98", "\ufffd"),
    "impossible": (b"\xfe\xff", "\ufffd\ufffd"),
    "overlong slash": (b"\xc0\xaf", "\ufffd\ufffd"),
    "overlong escape": (b"\xc0\x9b", "\ufffd\ufffd"),
    "overlong of three": (b"\xe0\x80\xaf", "\ufffd\ufffd\ufffd"),
    "surrogate": (b"\xed\xa0\x80", "\ufffd\ufffd\ufffd"),
    "beyond Unicode": (b"\xf4\x90\x80\x80", "\ufffd\ufffd\ufffd\ufffd"),
    "Latin-1": (b"\xe9t\xe9", "\ufffdt\ufffd"),
    "five bytes": (b"\xf8\x88\x80\x80\x80", "\ufffd" * 5),
    "C1": ("\x9b31m".encode(), "31m"),
    "bidi": ("\u202eabc\u2066".encode(), "abc"),
    "tags": ("\U000e0041\U000e007f".encode(), ""),
    "line separator": ("\u2028".encode(), ""),
    "byte order mark": ("\ufeff".encode(), ""),
    "noncharacter": ("\ufdd0\uffff".encode(), ""),
    "letters of others": ("Żółć你好שלוםنعم".encode(), "Żółć你好שלוםنعم"),
}


@pytest.mark.parametrize("what", KUHN)
def test_broken_utf8(long_lived: Terminal, what: str) -> None:
    """A3, A4: what is broken becomes a mark or nothing; the letters beside it stay."""
    sent, wanted = KUHN[what]
    long_lived.send(b"<" + sent + b">")
    assert long_lived.tell()["first"] == f"<{wanted}>"


WHOLE = {
    "F12": b"\x1b[24~",
    "F1": b"\x1bOP",
    "F1 console": b"\x1b[[A",
    "Delete": b"\x1b[3~",
    "Up": b"\x1b[A",
    "Shift+Right": b"\x1b[1;2C",
    "Ctrl+F5": b"\x1b[15;5~",
    "kitty letter": b"\x1b[120;;120u",
    "kitty release": b"\x1b[120;1:3;120u",
    "mouse": b"\x1b[<35;3;3M",
    "focus": b"\x1b[O",
    "size": b"\x1b[48;24;80;480;800t",
    "attributes": b"\x1b[?62;22c",
    "mode": b"\x1b[?2026;2$y",
    "cursor": b"\x1b[5;9R",
}


@pytest.mark.parametrize(
    ("what", "gap"), [*((what, 0.15) for what in WHOLE), *((what, 0.0) for what in WHOLE), ("F12", 0.5)]
)
def test_a_sequence_in_pieces_types_nothing(long_lived: Terminal, what: str, gap: float) -> None:
    """A5: cut at every byte, with any gap, a sequence does what it does, or nothing; its rest is never typed."""
    sequence = WHOLE[what]
    for cut in range(1, len(sequence)):
        long_lived.send(b"\x12ab")
        long_lived.tell()
        long_lived.send(sequence[:cut])
        long_lived.rest(gap)
        long_lived.send(sequence[cut:])
        long_lived.rest(0.0 if gap < 0.1 else 0.15)
        told = long_lived.tell()
        assert told["first"] in ("ab", "abx"), (sequence[:cut], told["first"])


@pytest.mark.parametrize("sequence", [b"\x1b[97;1:1u", b"\x1b[97:65;1:2;97u", b"\x1b[97;129u", b"\x1b[97u"])
def test_kitty_reports_are_understood(long_lived: Terminal, sequence: bytes) -> None:
    """Event types end stock Textual; here a press and a repeat type, a release does not, locks change nothing."""
    long_lived.send(sequence + b"\x1b[98;1:3u\x1b[98;1:3;98u")
    assert long_lived.tell()["first"] == "a"


@pytest.mark.parametrize(
    "sequence",
    [
        b"\x1b[99999999u",
        b"\x1b[97;1;99999999u",
        b"\x1b[97;1;55296u",
        b"\x1b[97;1;8238u",
        b"\x1b[97;;27u",
        b"\x1b[97;99999999999999999999u",
        b"\x1b[48;0;0;0;0t\x1b[<0;1;1M",
        b"\x1b[48;9999;9999;1;1t",
        b"\x1b[<0;99999999;99999999M",
        b"\x1b[<999999999999999999999;1;1M",
        b"\x1b[" + b"1;" * 5000 + b"u",
        b"\x1b[" + b"9" * 5000 + b"~",
        b"\x1b[?2048;2$y\x1b[?2026;2$y",
        b"\x1b]52;c;c2VjcmV0\x07\x1bP1$r0m\x1b\\\x1b_x\x1b\\",
        b"\x1b[I\x1b[O\x1b[I",
        b"\x1b[200~\x1b[201~",
    ],
)
def test_large_numbers_and_false_answers(start: Callable[..., Terminal], sequence: bytes) -> None:
    """B6: numbers too large, answers that nobody asked for: nothing is typed, the size stays, the next word works."""
    terminal = start()
    terminal.send(sequence)
    terminal.rest(0.2)
    terminal.send(b"\x12safe")
    told = terminal.tell()
    assert (told["first"], told["size"]) == ("safe", [80, 24])


def test_a_large_paste(start: Callable[..., Terminal]) -> None:
    """A6: of 10 MB the first 4,000 characters are kept, the app says so, and its memory does not grow by much."""
    terminal = start()
    before = _resident(terminal.pid)
    terminal.send(b"\x1b[200~" + b"0123456789" * 1_000_000 + b"\x1b[201~!")
    told = terminal.tell()
    assert told["first"] == "0123456789" * 400 + "!"
    assert told["cut"] == 1
    assert _resident(terminal.pid) - before < 20_000


def test_a_paste_of_many_lines(start: Callable[..., Terminal]) -> None:
    """A6, A9: a field of one line keeps every word of a paste; an area keeps its lines."""
    terminal = start()
    lines = b"one\r\ntwo\nthree\rfour"
    terminal.send(b"\x1b[200~" + lines + b"\x1b[201~\t\t\x1b[200~" + lines + b"\x1b[201~")
    told = terminal.tell()
    assert told["first"] == "one two three four"
    assert told["area"] == "one\ntwo\nthree\nfour"
    assert told["cut"] == 0


def test_a_paste_that_nobody_closes(start: Callable[..., Terminal]) -> None:
    """A7: after a second of silence it counts as closed, what came is kept, and keys are keys again."""
    terminal = start()
    terminal.send(b"\x1b[200~half")
    terminal.until(lambda: any("half" in line for line in terminal.shown()))
    terminal.send(b"\tnext")
    told = terminal.tell()
    assert (told["first"], told["second"]) == ("half", "next")


@pytest.mark.parametrize("end", [b"\x1b[201~", b"\x1b[201~\x1b[201~"])
def test_nested_and_split_pastes(start: Callable[..., Terminal], end: bytes) -> None:
    """A7: a paste in a paste, an end cut at every byte, an end too many."""
    terminal = start()
    for cut in range(len(end)):
        terminal.send(b"\x12\x1b[200~ab" + end[:cut])
        terminal.rest(0.05)
        terminal.send(end[cut:] + b"c")
        assert terminal.tell()["first"] == "abc"
    terminal.send(b"\x12\x1b[200~ab\x1b[200~cd" + end + b"e")
    assert "cd" in terminal.tell()["first"]


def test_a_paste_presses_no_key(start: Callable[..., Terminal]) -> None:
    """A8: every control character, alone and as a sequence, is taken out of a paste; none of them acts."""
    terminal = start()
    body = b"".join(b"\x1b[200~a" + bytes([code]) + b"b\x1b[201~" for code in range(32) if code not in (9, 10, 13, 27))
    terminal.send(body + b"\x1b[200~\x1bq\x11\x1b[15~\x1b[<0;5;9M\xc2\x9b2J\xe2\x80\xae\xf3\xa0\x81\x81\x7f\x1b[201~")
    told = terminal.tell()
    assert told["focus"] == "first"
    assert all(" " <= letter <= "~" for letter in told["first"])
    assert told["first"].replace("a b", "ab").startswith("ab" * 20)
    assert told["second"] == told["area"] == ""


def test_mouse_storms(start: Callable[..., Terminal]) -> None:
    """A10: 100,000 reports, many of places that are not there; then a key works."""
    chance = random.Random(SEED)
    terminal = start()
    storm = [
        b"\x1b[<%d;%d;%dM" % (chance.choice((35, 64, 65)), chance.randrange(200), chance.randrange(90))
        for _ in range(10_000)
    ]
    for _ in range(10):
        terminal.send(b"".join(storm))
    terminal.send(b"\x12safe")
    assert terminal.tell()["first"] == "safe"


def test_marks_without_end(start: Callable[..., Terminal]) -> None:
    """A13: a thousand marks on one letter, wide letters, joined ones: alive, and the frame around stays whole."""
    terminal = start()
    terminal.send(b"\x1b[200~" + ("z" + "\u0301" * 1000 + "漢字👩‍👩‍👧‍👦\u200b\u3000").encode() + b"\x1b[201~")
    assert len(terminal.tell()["first"]) < 40
    assert terminal.alive()


def _resident(pid: int) -> int:
    """Kilobytes of memory that are in use."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])
