"""What a keyboard may send to a line sitting, and what the glass makes of it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.sitting.line.editor import LINE_LENGTH, Editor
from kiosk.sitting.line.key_acts import Act, Reading
from kiosk.sitting.line.layout import wrapped
from kiosk.sitting.steps import SECTIONS, Step
from kiosk.terminal.text_width import width
from tests.screens.line.stage import seat
from tests.terminal.glass import Glass as Eye
from tests.terminal.way import HARMS, W, title

FIRST = Step("question", HARMS[0].id)


def acts(*pieces: bytes) -> list[tuple[Act, str]]:
    """What is read from pieces that come in a row."""
    reading = Reading()
    return [(typed.act, typed.text) for piece in pieces for typed in reading.read(piece, 0.0)]


@pytest.mark.parametrize(
    ("pieces", "read"),
    [
        ((b"\xc3", b"\xa9\r"), [(Act.LETTERS, "é"), (Act.ENTER, "")]),
        ((b"\xff\xfeok\xc3\r",), [(Act.LETTERS, "ok"), (Act.ENTER, "")]),
        ((b"a\0\x01b",), [(Act.LETTERS, "a"), (Act.LETTERS, "b")]),
        ((b"\r\n", b"\r", b"\n", b"\n"), [(Act.ENTER, "")] * 3),
        ((b"\x1b[A\x1b[200~one\ntwo\r\x1b[201~\x1b[<0;1;1M",), [(Act.LETTERS, "one two")]),
        ((b"\x1bOP\x1b[12~\x1b[[C\x1b[20;2~\x1b[57368;1u",), [(Act.KEY, f"F{n}") for n in (1, 2, 3, 9, 5)]),
        ((b"\x1b[1", b"5~"), [(Act.KEY, "F5")]),
        ((b"\x7f\x08\x15\x17",), [(act, "") for act in (Act.ERASE, Act.ERASE, Act.ERASE_ALL, Act.ERASE_WORD)]),
        ((b"\x04\x11",), [(Act.END, ""), (Act.QUIT, "")]),
    ],
)
def test_bytes_are_acts(pieces: tuple[bytes, ...], read: list[tuple[Act, str]]) -> None:
    """Broken UTF-8, NUL, controls, arrows, the mouse and pastes are dropped or harmless; keys have their names."""
    assert acts(*pieces) == read


LETTERS = st.sampled_from("abcé ñ漢字e\u0301\u0308 x")
EDITS = st.lists(st.one_of(LETTERS, st.sampled_from(["erase", "word", "all"])), max_size=60)


@settings(max_examples=150, deadline=None)
@given(EDITS, st.integers(4, 30))
def test_the_glass_shows_what_is_kept(edits: list[str], columns: int) -> None:
    """After any typing and erasing, at any width, the glass shows the line that is kept and nothing else."""
    eye = Eye(columns, 80)
    editor = Editor(columns, 2, limit=40)
    eye.log += b"> "
    for edit in edits:
        does = {"erase": editor.erase, "word": editor.erase_word, "all": editor.erase_all}.get(edit)
        eye.log += (does() if does else editor.insert(edit)).encode()
    assert letters("".join(eye.lines())) == letters("> " + editor.text)
    eye.check_grammar()


def letters(text: str) -> str:
    """A text without blanks and marks: the screen that tests look at drops marks on wide letters."""
    apart = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in apart if letter != " " and not unicodedata.combining(letter))


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("ab é漢 "), max_size=80), st.integers(1, 20))
def test_rows_are_as_wide_as_they_may_be(text: str, columns: int) -> None:
    """No row is wider than the terminal, unless one letter is; no word is lost."""
    rows = wrapped(text, columns)
    assert all(width(row) <= columns or len(row) == 1 for row in rows)
    assert "".join(rows).replace(" ", "") == text.replace(" ", "")


async def test_ten_megabytes_without_an_end() -> None:
    """A line without an end costs no more than the room for one line, and is no answer."""
    async with seat(FIRST) as at:
        for _ in range(2560):
            at.face.typed(b"x" * 4096, 0.0)
            await at.settle()
        await at.say("")
        assert W("line-unknown", word="help") in at.text
        assert len(at.log) < 20_000
        assert bytes(at.log).count(b"x") <= LINE_LENGTH + 100
        assert at.step == FIRST


async def test_an_unknown_word_loses_nothing() -> None:
    """An unknown word and a number that is not there get a sentence, and the page stays."""
    async with seat(FIRST) as at:
        await at.say("hullo", "77", "0", "1 2")
        assert W("line-unknown", word="help") in at.text and W("line-no-number") in at.text
        assert at.step == FIRST and at.face.sitting.visit.harm == {}


async def test_keys_in_one_packet_act_in_their_order() -> None:
    """Ordered keys: a packet over several pages is taken page by page."""
    async with seat() as at:
        await at.send(b"1\r\r1\rback\r1\r\r1\x7f\x7fwhy\r")
        assert W.of(HARMS[0].why) not in at.text
        assert at.step.page in ("notice", "framing")


async def test_every_page_begins_on_an_empty_glass() -> None:
    """Design: it clears after each page, the history too, so that nothing of the former page can be read back."""
    async with seat(FIRST, size=(40, 12)) as at:
        await at.say("1")
        assert title(HARMS[0].id) not in at.text + at.history_text()
        assert at.log.count(b"\x1b[3J") == 2


async def test_what_does_not_fit_is_read_on_by_a_word() -> None:
    """A long page stops where the glass ends; `more` goes on, as often as there is more, and Enter still goes on."""
    async with seat(SECTIONS, size=(40, 14)) as at:
        await at.say("1")
        assert W("line-rest", word="more").split(".")[0] in at.text
        seen = at.text
        while W("line-rest", word="more").split(".")[0] in " ".join(at.lines()[-6:]):
            await at.say("more")
            seen += at.text
        assert W("line-own") in seen
        await at.say("more")
        assert W("line-unknown", word="help")[:30] in at.text
        await at.say("")
        assert at.page == "Sections"


@pytest.mark.parametrize("size", [(80, 24), (40, 20), (20, 6), (1, 1)])
async def test_any_size(size: tuple[int, int]) -> None:
    """A glass of any size gets what fits, and the way on is the same."""
    async with seat(size=size) as at:
        await at.say("", "", "", "", "", "1", "", "2")
        assert at.step == SECTIONS


async def test_another_size_in_the_middle_of_a_line() -> None:
    """A glass that changes its size is written anew, with what was typed so far."""
    async with seat(FIRST, size=(80, 24)) as at:
        await at.send(b"wh")
        at.look_at(40, 20)
        at.size = (40, 20)
        at.face.resized()
        assert at.text.endswith("> wh")
        await at.send(b"y\r")
        assert W.of(HARMS[0].why) in at.text


async def test_the_idle_warning_is_a_line_of_text() -> None:
    """OR-08: the warning stands alone; the next key, Enter too, only brings the page back, with what was typed."""
    async with seat(FIRST) as at:
        await at.send(b"wh")
        at.face.warn()
        assert at.text == W("idle-body")
        await at.send(b"\r")
        assert at.step == FIRST and title(HARMS[0].id) in at.text and at.text.endswith("> wh")
        await at.send(b"y\r")
        assert W.of(HARMS[0].why) in at.text


async def test_her_words_cannot_speak_to_the_terminal() -> None:
    """1d: nothing that is typed reaches the glass as more than letters, wherever it is shown again."""
    async with seat(SECTIONS) as at:
        await at.say("1", "1")
        await at.send("\x9b2Jx\u202ey\x1b]0;z\x07\x1b[31m\u2066k\r".encode())
        await at.say("", "", "show")
        at.check_grammar()
