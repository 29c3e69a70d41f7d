"""What a sitting can ask its voice to read: texts of its pack, by number, and nothing else (P1)."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.sitting.aloud import Aloud
from kiosk.sitting.words import Words
from kiosk.speech.message import HUSH, SIZE, Request, pack, unpack
from kiosk.speech.speaker import Speaker
from kiosk.speech.texts import numbered
from tests.kit import pack as content

PACK = content()
TEXTS = numbered(PACK)
EN = Words(PACK, "en")


@pytest.fixture
def line() -> Iterator[tuple[Aloud, int, list[str]]]:
    """A sitting's end of the line, the voice's end, and how often the voice was asked for."""
    heard, spoken = os.pipe()
    os.set_blocking(heard, False)
    asked: list[str] = []
    aloud = Aloud(PACK, lambda: asked.append("start"), spoken)
    yield aloud, heard, asked
    os.close(heard)
    os.close(spoken)


def sent(heard: int) -> bytes:
    try:
        return os.read(heard, 65536)
    except BlockingIOError:
        return b""


def test_both_processes_number_alike() -> None:
    """The numbers fit into two bytes, and are the same wherever the pack is thawed."""
    again = content.__wrapped__()  # type: ignore[attr-defined]
    assert again is not PACK
    assert numbered(again) == TEXTS
    assert 500 < len(TEXTS) < 65536


@pytest.mark.parametrize("name", ["us-ca-county", "us-or-multnomah", "gb-safelives", "gb-oxfordshire", "practice"])
def test_every_pack_can_be_numbered(name: str) -> None:
    """No pack has more texts than there are numbers, and all of its words are among them."""
    made = content(name)
    texts = numbered(made)
    assert len(texts) < 65536
    assert all(text in texts for text in made.words.values())


@settings(max_examples=100)
@given(st.integers(0, 254), st.integers(0, 255), st.integers(0, 65535), st.integers(0, 255))
def test_a_message_is_five_bytes(language: int, place: int, text: int, someone: int) -> None:
    """A request has one length, and comes out as it went in, but for places beyond what is said."""
    message = pack(Request(language, place, text, someone))
    assert len(message) == SIZE == len(HUSH)
    assert unpack(message) == Request(language, place if place < 126 else 0, text, someone)
    assert unpack(HUSH) is None


def test_off_until_headphones_are_confirmed(line: tuple[Aloud, int, list[str]]) -> None:
    """Nothing at all goes to the voice before she says that headphones are in, and nothing after `quiet`."""
    aloud, heard, asked = line
    aloud.read([(0, EN("back"))], EN)
    assert (sent(heard), asked) == (b"", [])
    aloud.confirm()
    aloud.confirm()
    aloud.read([(2, EN("back"))], EN)
    assert len(sent(heard)) == 2 * SIZE
    assert asked == ["start"]
    aloud.hush()
    aloud.read([(0, EN("back"))], EN)
    assert sent(heard) == HUSH


@settings(max_examples=100)
@given(st.lists(st.text(max_size=80), max_size=5))
def test_her_words_have_no_number(said: list[str]) -> None:
    """P1: what is not in the pack, letter by letter, is not sent; not in part, and not as a number of its own."""
    heard, spoken = os.pipe()
    try:
        aloud = Aloud(PACK, lambda: None, spoken)
        aloud.confirm()
        known = {EN.of(text) for text in TEXTS}
        aloud.read([(0, text) for text in said if text.strip() not in known], EN)
        os.set_blocking(heard, False)
        assert sent(heard) == HUSH
    finally:
        os.close(heard)
        os.close(spoken)


def test_a_canary_in_every_place_is_passed_over(line: tuple[Aloud, int, list[str]]) -> None:
    """P1: her words beside, inside and around the pack's own are passed over; the pack's own are read."""
    aloud, heard, _ = line
    aloud.confirm()
    canary = "vqzkjxwhpm"
    own = [EN.of(text) for text in TEXTS[:50]]
    aloud.read(
        [(0, canary), *((0, f"{text} {canary}") for text in own), *((0, f"- {canary}{text}") for text in own)], EN
    )
    assert sent(heard) == HUSH
    aloud.read([(0, f"! {own[3]}"), (0, canary)], EN)
    message = sent(heard)
    assert len(message) == 2 * SIZE
    request = unpack(message[SIZE:])
    assert request is not None and EN.of(TEXTS[request.text]) == own[3]


def test_what_is_read() -> None:
    """A place is said ahead of a choice; gaps are left out; numbers that stand for nothing are silence."""
    speaker = Speaker("/nonexistent/espeak-ng", PACK)
    gapped = next(line for section in PACK.sections for line in section.lines if line.blanks)
    number = next(index for index, text in enumerate(TEXTS) if text is gapped.text)
    assert speaker.line(Request(0, 3, number)).startswith("3. ")
    assert "{" not in speaker.line(Request(0, 0, number)) and "_" not in speaker.line(Request(0, 0, number))
    back = TEXTS.index(PACK.words["back"])
    assert speaker.line(Request(1, 0, back)) == PACK.words["back"]["es"]
    assert speaker.line(Request(9, 0, 0)) == speaker.line(Request(0, 0, 65535)) == ""
    speaker.read(Request(0, 0, back))  # a voice that cannot be started is silence
    speaker.hush()


def test_her_word_for_the_person_is_said(line: tuple[Aloud, int, list[str]]) -> None:
    """OR-05: a line about the person is read with the word she chose, which goes to the voice as a number."""
    aloud, heard, _ = line
    aloud.confirm()
    last = len(PACK.person_words) - 1
    text = next(each for each in TEXTS if "{someone}" in each.get("en", ""))
    words = Words(PACK, "en", last)
    aloud.read([(0, words.of(text))], words)
    request = unpack(sent(heard)[SIZE:])
    assert request is not None and request.someone == last > 0
    speaker = Speaker("/nonexistent/espeak-ng", PACK)
    chosen = words.raw(PACK.person_words[last].label)
    assert chosen in speaker.line(request) and chosen not in speaker.line(request._replace(someone=0))
    assert speaker.line(request._replace(someone=last + 1)) == ""


def test_a_voice_that_does_not_listen_holds_nobody_up(line: tuple[Aloud, int, list[str]]) -> None:
    """A full line loses what comes after: the page never waits for its voice."""
    aloud, _, _ = line
    aloud.confirm()
    for _ in range(40):
        aloud.read([(0, EN("back"))] * 1000, EN)
