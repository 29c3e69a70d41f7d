from __future__ import annotations

import contextlib
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.desk.keys.derivation import recipient
from kiosk.seal import summary_codec as codec
from kiosk.seal import wire
from kiosk.seal.phrase import normalised, phrase_check
from kiosk.seal.record import seal
from kiosk.seal.sealed import PLAIN_LENGTH
from schema.later import Change, Withdrawal
from schema.summary import Summary, SummaryFault
from tests.made_up import SEED, a_summary, summaries

NUMBER = 12_345_674


@given(summaries(), st.integers(10_000_000, 99_999_999), st.binary(min_size=8, max_size=8))
def test_the_codec_goes_both_ways(summary: Summary, target: int, check: bytes) -> None:
    """Every summary and every later request is read back as it was, at one length."""
    for item in (summary, Withdrawal(target, check, summary.instrument), Change(target, check, summary)):
        plain = codec.encode(item)
        assert len(plain) == PLAIN_LENGTH
        assert codec.decode(plain) == item


@given(st.binary(min_size=PLAIN_LENGTH - 1, max_size=PLAIN_LENGTH + 1))
def test_other_bytes_are_refused(plain: bytes) -> None:
    """Bytes that no summary has are refused with one kind of error, and no other exception."""
    with pytest.raises(codec.CodecFault):
        codec.decode(plain)


@given(summaries(), st.integers(0, PLAIN_LENGTH * 8 - 1))
def test_a_changed_bit_is_another_summary_or_none(summary: Summary, bit: int) -> None:
    """Each bit means something: a changed one is refused, or read as something else; never as the same."""
    plain = bytearray(codec.encode(summary))
    plain[bit // 8] ^= 1 << bit % 8
    with contextlib.suppress(codec.CodecFault):
        assert codec.decode(bytes(plain)) != summary


@pytest.mark.parametrize(
    "said", ["red apple tea", "Red, Apple - TEA!", "  red\tapple\n tea ", "réd äpple téa", "ＲＥＤ apple tea"]
)
def test_one_phrase_in_many_spellings(said: str) -> None:
    """Capitals, accents, spaces and marks do not matter; the words and their order do."""
    assert normalised(said) == "red apple tea"
    assert phrase_check(NUMBER, said) == phrase_check(NUMBER, "red apple tea")


def test_other_words_numbers_or_orders_have_other_checks() -> None:
    """A phrase counts for one number and one order of its words."""
    checks = {
        phrase_check(number, said)
        for number in (NUMBER, NUMBER + 1)
        for said in ("red apple tea", "apple red tea", "red apple", "redapple tea")
    }
    assert len(checks) == 8 and all(len(check) == 8 for check in checks)


@pytest.mark.parametrize("said", ["", " ", "!?", "\n"])
def test_a_phrase_needs_a_word(said: str) -> None:
    """A phrase without a word is none."""
    with pytest.raises(SummaryFault):
        phrase_check(NUMBER, said)


@given(st.text())
def test_any_text_is_a_phrase_or_none(said: str) -> None:
    """Whatever was typed, there is a check of eight bytes or a SummaryFault."""
    try:
        assert len(phrase_check(NUMBER, said)) == 8
    except SummaryFault:
        assert not normalised(said)


def test_the_line_goes_both_ways() -> None:
    """Every message of the clerk's line is read as it was written."""
    record = seal(a_summary(), NUMBER, [recipient(SEED)])
    assert wire.unpack_request(wire.pack_ask()) == wire.Ask()
    keep = wire.unpack_request(wire.pack_keep(NUMBER, record))
    assert keep == wire.Keep(NUMBER, bytes(record))
    assert wire.unpack_request(wire.pack_paper()) == wire.Paper()
    answers: list[wire.Answer] = [wire.Number(NUMBER), wire.Clash(NUMBER), wire.Kept(), *map(wire.Failed, wire.Reason)]
    assert wire.unpack_answer(wire.pack_answer(wire.Sheet("C3D4F"))) == wire.Sheet("C3D4F")
    assert wire.unpack_request(wire.pack_entered()) == wire.Entered()
    assert wire.unpack_request(wire.pack_draw()) == wire.Draw()
    assert wire.unpack_answer(wire.pack_answer(wire.Counted())) == wire.Counted()
    for answer in answers:
        assert wire.unpack_answer(wire.pack_answer(answer)) == answer
    assert [wire.pack_answer(each)[:1] for each in answers[:4]] == [b"n", b"c", b"k", b"e"]


def test_nothing_but_a_sealed_record_goes_over_the_line() -> None:
    """P6: bytes that `seal()` did not make are not packed, whatever their length."""
    record = seal(a_summary(), NUMBER, [recipient(SEED)])
    for value in (bytes(record), b"Jane Doe", "Jane Doe", None):
        with pytest.raises(TypeError):
            wire.pack_keep(NUMBER, value)  # type: ignore[arg-type]


@given(st.one_of(st.binary(max_size=40), st.binary(min_size=553, max_size=553).map(lambda raw: b"S" + raw[1:])))
def test_other_packets_are_refused(packet: bytes) -> None:
    """A packet is one of the line's messages or a WireFault; the fault says nothing of the packet."""
    for unpack, answers in ((wire.unpack_request, False), (wire.unpack_answer, True)):
        try:
            message = unpack(packet)
        except wire.WireFault as fault:
            assert str(fault) in ("no request of this line", "no answer of this line", "no number", "no sheet")
        else:
            assert not answers or wire.pack_answer(cast(wire.Answer, message)) == packet
