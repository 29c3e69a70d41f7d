"""The raw-byte recogniser: every encoding, every split, and nothing that people merely type."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.supervisor.chosen_key import NAMES, ChosenKey
from kiosk.supervisor.panic_key import ESCAPE_WINDOW, Recogniser

F12 = b"\x1b[24~"

PANIC = {
    "legacy, xterm, Linux console, kitty": F12,
    "shift": b"\x1b[24;2~",
    "ctrl": b"\x1b[24;5~",
    "every modifier": b"\x1b[24;256~",
    "kitty with num lock": b"\x1b[24;129~",
    "kitty with caps lock": b"\x1b[24;65~",
    "kitty press": b"\x1b[24;1:1~",
    "kitty repeat": b"\x1b[24;1:2~",
    "kitty press with num lock": b"\x1b[24;129:1~",
    "kitty private code": b"\x1b[57375u",
    "rxvt shift": b"\x1b[24$",
    "rxvt ctrl": b"\x1b[24^",
    "rxvt ctrl and shift": b"\x1b[24@",
    "meta": b"\x1b\x1b[24~",
    "PuTTY VT100+": b"\x1bO[",
    "PuTTY SCO": b"\x1b[X",
    "in text": b"hello\x1b[24~world",
    "after a mouse report": b"\x1b[<35;10;20M\x1b[24~",
    "after an old mouse report": b"\x1b[M !!\x1b[24~",
    "in half an old mouse report": b"\x1b[M \x1b[24~",
    "in a paste": b"\x1b[200~abc\x1b[24~def\x1b[201~",
    "in an open paste": b"\x1b[200~abc\x1b[24~",
    "after half a sequence": b"\x1b[12;\x1b[24~",
    "after an endless number": b"\x1b[" + b"9" * 40 + b"\x1b[24~",
    "after a cursor report": b"\x1b[24;80R\x1b[24~",
    "after letters": "žluť".encode() + F12,
    "in half a letter": b"\xf0\x9f" + F12,
    "in half a DCS": b"\x1bP>|xte" + F12,
    "in half an OSC": b"\x1b]11;rgb:00" + F12,
    "in half an APC": b"\x1b_Gi=1" + F12,
    "after an APC": b"\x1b_Gi=1\x1b\\" + F12,
    "after a mode report": b"\x1b[?2026;2$y" + F12,
    "Esc three times": b"\x1b\x1b\x1b",
    "Esc three times in half an OSC": b"\x1b]11;rgb:00\x1b\x1b\x1b",
    "Esc three times and a letter": b"\x1b\x1b\x1bx",
    "Esc three times in an open paste": b"\x1b[200~abc\x1b\x1b\x1b",
    "Esc with the mouse moving": b"\x1b[27u\x1b[<35;1;1M\x1b[27u\x1b[<35;2;1M\x1b[27u",
    "kitty Esc three times": b"\x1b[27u" * 3,
    "kitty Esc with num lock": b"\x1b[27;129u" * 3,
    "kitty Esc with releases": b"\x1b[27;1:1u\x1b[27;1:3u" * 3,
    "modifyOtherKeys Esc": b"\x1b[27;2;27~" * 3,
    "Esc and its neighbour": b"\x1b`\x1b`\x1b`",
    "neighbour and Esc": b"`\x1b`\x1b`\x1b",
    "Esc and a digit": b"\x1b1\x1b2\x1b1",
    "Esc and Tab": b"\x1b\t\x1b\t\x1b\t",
    "Esc and F1": b"\x1b\x1bOP\x1b\x1bOP\x1b",
    "Esc, F1 of the console": b"\x1b\x1b[[A\x1b\x1b[[A\x1b",
    "Esc and Enter": b"\x1b\r\x1b\r\x1b\r",
    "Esc and a letter of another alphabet": "\x1bё\x1bё\x1bё".encode(),
    "Esc and a bracket": b"\x1b[\x1b[\x1b[\x1b",
    "Esc and a bracket, broken off": b"\x1b[\t\x1b[\t\x1b[\t",
    "Esc and O": b"\x1bO\x1bO\x1bO\x1b",
    "Esc and what heads a reply": b"\x1b]\x1b]\x1bP\x1b_",
    "Esc between clicks": b"\x1b\x1b[<0;9;9M\x1b[<0;9;9m\x1b\x1b[<0;9;9M\x1b[<0;9;9m\x1b",
    "Esc between arrows": b"\x1b\x1b[A\x1b\x1b[B\x1b",
    "Alt and letters": b"\x1ba\x1bb\x1bc",
    "kitty Esc between letters": b"\x1b[27u\x1b[97u\x1b[27u\x1b[96u\x1b[27u",
    "kitty Esc and its neighbour, both going up": b"\x1b[27u\x1b[96u\x1b[27;1:3u\x1b[96;1:3u" * 3,
}

QUIET = {
    "F11": b"\x1b[23~",
    "Linux console F1": b"\x1b[[A",
    "Linux console F5": b"\x1b[[E",
    "F12 going up": b"\x1b[24;1:3~",
    "cursor report": b"\x1b[24;80R",
    "mouse": b"\x1b[<24;24;24M",
    "text": b"24~",
    "text after Alt+[ and a letter": b"\x1b[a24~",
    "a letter with 0x9b in it": "ě24~".encode(),
    "Esc twice": b"\x1b\x1b",
    "arrows": b"\x1b[A\x1b[B\x1b[C" * 9,
    "kitty Esc twice": b"\x1b[27u" * 2,
    "kitty Esc going up": b"\x1b[27;1:3u" * 9,
    "Alt and letters, twice": b"\x1ba\x1bb",
    "kitty letters": b"\x1b[97;;97u" * 20,
    "Esc twice, and keys that begin with it": b"\x1b\x1b[A\x1bOP\x1b[15~\x1b[200~a\x1b[201~\x1bOM\x1b[<0;1;1M",
    "number pad": b"\x1bOj\x1bOk\x1bOm\x1bOp\x1bOM" * 3,
    "kitty Alt and letters": b"\x1b[97;3u\x1b[98;3u\x1b[99;3u\x1b[100;3u",
    "an Esc, and replies": b"\x1b\x1b]11;rgb:00/00/00\x1b\\\x1bP>|x\x1b\\\x1b]4;1;rgb:0/0/0\x07\x1b_G\x1b\\",
    "another number": b"\x1b[124~",
    "number in second place": b"\x1b[2;24~",
    "modifyOtherKeys Ctrl+X": b"\x1b[27;5;120~" * 5,
    "private": b"\x1b[?24~",
    "paste that looks alike": b"\x1b[200~hello 24~ [24~\x1b[201~",
    "mode report": b"\x1b[?24;2$y",
    "ANSI mode report": b"\x1b[24;2$y",
    "kitty code 24": b"\x1b[24u",
    "size report": b"\x1b[48;24;80;480;800t",
    "colour reply": b"\x1b]11;rgb:2424/2424/2424\x1b\\" * 4,
    "version reply": b"\x1bP>|xterm(24~)\x1b\\" * 4,
    "focus": b"\x1b[I\x1b[O" * 5,
    "device attributes": b"\x1b[?62;24c\x1b[>24;24;24c",
}


def fires(chunks: list[bytes], chosen: ChosenKey | None = None, step: float = 0.0) -> bool:
    """Whether the recogniser fires on these reads, `step` seconds apart."""
    recogniser = Recogniser(chosen)
    return any(
        recogniser.feed(bytearray(chunk), len(chunk), 100.0 + step * count) for count, chunk in enumerate(chunks)
    )


def splits(whole: bytes) -> Iterator[list[bytes]]:
    """Whole, byte by byte, and cut in two at every place."""
    yield [whole]
    yield [whole[place : place + 1] for place in range(len(whole))]
    for place in range(1, len(whole)):
        yield [whole[:place], whole[place:]]


@pytest.mark.parametrize("typed", PANIC.values(), ids=PANIC)
def test_panic_key_in_every_encoding_and_split(typed: bytes) -> None:
    """P2: the panic key fires in every encoding, cut at any byte, whatever came before it."""
    for chunks in splits(typed):
        assert fires(chunks), chunks


@pytest.mark.parametrize("typed", QUIET.values(), ids=QUIET)
def test_look_alikes_never_fire(typed: bytes) -> None:
    """Other keys, reports and pastes are no panic, cut at any byte."""
    for chunks in splits(typed):
        assert not fires(chunks), chunks


def test_two_escapes_and_an_arrow_in_one_read() -> None:
    """The Esc that begins an arrow key or a terminal's reply is no third Esc when both come together."""
    assert not fires([b"\x1b\x1b\x1b[A"])
    assert not fires([b"\x1b\x1b", b"\x1b[A"])
    assert not fires([b"\x1b\x1b\x1b]11;rgb:00/00/00\x1b\\", b"\x1b]4;1;rgb:0/0/0\x07"])
    assert not fires([b"\x1b", b"[A", b"\x1b", b"[A", b"\x1b", b"[A"])


def test_escape_window() -> None:
    """Esc three times is panic within 1.5 s, in any window of that length, and not beyond."""
    assert fires([b"\x1b"] * 3, step=ESCAPE_WINDOW / 2)
    assert not fires([b"\x1b"] * 9, step=ESCAPE_WINDOW / 2 + 0.01)
    assert fires([b"\x1b", b"`", b"1\x1b", b"\t", b"\x1b"], step=ESCAPE_WINDOW / 4)
    assert not fires([b"\x1b", b"`", b"1\x1b", b"\t", b"\x1b"], step=ESCAPE_WINDOW / 4 + 0.01)
    late = Recogniser()
    times = (0.0, 1.4, 2.0, 2.2)
    assert [late.feed(bytearray(b"\x1b"), 1, at) for at in times] == [False, False, False, True]


def test_feed_reads_no_further_than_told() -> None:
    """Bytes beyond the length are an older read's and count for nothing."""
    assert not Recogniser().feed(bytearray(b"ab" + F12), 2, 1.0)


CHOSEN = [
    ("f8", b"\x1b[19~"),
    ("f8", b"\x1b[19;129~"),
    ("f8", b"\x1b[19;1:1~"),
    ("f8", b"\x1b[19$"),
    ("f8", b"\x1b[57371u"),
    ("f5", b"\x1b[[E"),
    ("f5", b"\x1b[15~"),
    ("ctrl+b", b"\x02"),
    ("ctrl+b", b"hello\x02"),
    ("ctrl+b", b"\x1b\x02"),
    ("ctrl+b", b"\x1b]11;rgb\x02"),
    ("ctrl+b", b"\x1b[12;\x02"),
    ("ctrl+b", b"\x1b[98;5u"),
    ("ctrl+b", b"\x1b[98;69u"),
    ("ctrl+b", b"\x1b[98;133:1u"),
    ("ctrl+b", b"\x1b[66;6u"),
    ("ctrl+b", b"\x1b[1080::98;5u"),
    ("ctrl+b", b"\x1b[27;5;98~"),
    ("ctrl+b", b"\x1b[27;5;66~"),
]

NOT_CHOSEN = [
    ("f8", b"\x1b[18~"),
    ("f8", b"\x1b[19;1:3~"),
    ("f8", b"\x1b[19;80R"),
    ("ctrl+b", b"b"),
    ("ctrl+b", b"\x1bb"),
    ("ctrl+b", b"\x1b[98u"),
    ("ctrl+b", b"\x1b[98;3u"),
    ("ctrl+b", b"\x1b[98;5:3u"),
    ("ctrl+b", b"\x1b[27;5;120~"),
    ("ctrl+b", b"\x1b[98;;98u"),
]


@pytest.mark.parametrize(("name", "typed"), CHOSEN)
def test_chosen_key_beside_the_others(name: str, typed: bytes) -> None:
    """A station's own panic key fires in its encodings and every split; F12 and Esc still do."""
    for chunks in splits(typed):
        assert fires(chunks, ChosenKey(name)), chunks
        assert not fires(chunks), chunks
    assert fires([F12], ChosenKey(name))
    assert fires([b"\x1b\x1b\x1b"], ChosenKey(name))


@pytest.mark.parametrize(("name", "typed"), NOT_CHOSEN)
def test_chosen_key_look_alikes(name: str, typed: bytes) -> None:
    """Keys beside the chosen one do not fire."""
    for chunks in splits(typed):
        assert not fires(chunks, ChosenKey(name)), chunks


@pytest.mark.parametrize("name", ["", "f4", "f13", "ctrl+i", "ctrl+m", "ctrl+g", "ctrl+[", "ctrl+ab", "x", "F8"])
def test_keys_that_cannot_be_chosen(name: str) -> None:
    """Enter, Tab, Backspace, plain letters and unknown names are refused."""
    assert name not in NAMES
    with pytest.raises(ValueError, match="chosen"):
        ChosenKey(name)


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=60), st.data())
def test_plain_text_of_any_script_never_fires(text: str, data: st.DataObject) -> None:
    """What a visitor types is never panic, in any script, cut anywhere (0x9b is a tail byte)."""
    typed = text.encode()
    cut = data.draw(st.integers(0, len(typed)))
    assert not fires([typed[:cut], typed[cut:]])
    assert not fires([typed[place : place + 1] for place in range(len(typed))])


@settings(max_examples=500, deadline=None)
@given(st.binary(max_size=40), st.integers(0, 5))
def test_panic_key_after_anything(before: bytes, cut: int) -> None:
    """P2: whatever bytes came before, F12 is recognised."""
    assert fires([before + F12[:cut], F12[cut:]])
    assert fires([bytes((byte,)) for byte in before + F12])


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([b"\x1b", b"[", b"O", b"P", b"]", b"2", b"4", b";", b"M", b"<", b"\x07", b"\xc4"])))
def test_panic_key_after_half_sequences(pieces: list[bytes]) -> None:
    """P2: F12 is recognised after any mixture of half sequences."""
    assert fires([b"".join(pieces) + F12])
    assert fires([*pieces, F12])
