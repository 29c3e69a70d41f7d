from __future__ import annotations

import dataclasses
import typing
from enum import IntEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.answers import FACTOR_CODES, NOT_A_VALUE
from schema.later import Change, Renewal, Withdrawal
from schema.summary import CODE_LENGTHS, Factors, Summary, SummaryFault
from tests.made_up import a_summary

SHORT_FIELDS = {"month", "profile", "release_expires", "region", "agency", "pack"}
FORBIDDEN = ("name", "birth", "dob", "ssn", "address", "phone", "mail", "note", "text", "street", "comment")


def test_every_field_is_a_code() -> None:
    """P6: a summary's fields are whole numbers, enums, flags, eight bytes, or short codes of a fixed form."""
    allowed = (int, bool, bytes, Factors)
    for name, kind in typing.get_type_hints(Summary).items():
        if name in SHORT_FIELDS:
            continue
        assert kind in allowed or issubclass(kind, IntEnum), name


def test_no_field_is_named_after_a_person() -> None:
    """P6, MO-09: no field is called after what tells who somebody is."""
    for shape in (Summary, Factors, Withdrawal, Change, Renewal):
        for field in dataclasses.fields(shape):
            assert not any(word in field.name for word in FORBIDDEN), field.name


def with_(field: str, value: object) -> dict[str, Any]:
    """A change of one field, whether it fits or not."""
    return {field: value}


@given(st.text(min_size=1))
def test_words_do_not_fit(words: str) -> None:
    """P6: text with a space, a mark or a letter outside ASCII fits no field; nor does a long one."""
    for name, longest in CODE_LENGTHS.items():
        if words.isascii() and words.replace("-", "").isalnum() and words[0] != "-" and len(words) <= longest:
            assert getattr(a_summary(**with_(name, words)), name) == words
        else:
            with pytest.raises(SummaryFault):
                a_summary(**with_(name, words))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("month", "2026-13"),
        ("month", "2026-11-22"),
        ("month", "2026-1１"),
        ("profile", "0123456789ABCDEF"),
        ("profile", "words"),
        ("score", -1),
        ("score", 65536),
        ("score", True),
        ("instrument", "1"),
        ("pathway", 4),
        ("plan_mode", "spoken"),
        ("assessment_type", 0),
        ("referral_outcome", 99),
        ("release", 1),
        ("revisit", None),
        ("release_expires", "never"),
        ("phrase_check", b"short"),
        ("phrase_check", "red tea"),
        ("factors", {"veteran": 1}),
    ],
)
def test_each_field_refuses_what_is_no_code(field: str, value: object) -> None:
    """P6: a field out of its list is refused; the fault names the field and never the value."""
    with pytest.raises(SummaryFault) as caught:
        a_summary(**with_(field, value))
    assert caught.value.field == field
    assert str(value) not in str(caught.value)


def test_an_expiry_needs_a_release() -> None:
    """Without a release there is nothing that could expire."""
    with pytest.raises(SummaryFault):
        a_summary(release=False)


@given(st.sampled_from(sorted(FACTOR_CODES)), st.integers(-5, 600))
def test_factors_take_only_their_own_codes(name: str, code: int) -> None:
    """P6: every factor takes HUD's codes of its own list, 8, 9 and 99, and nothing else."""
    if code in FACTOR_CODES[name]:
        assert getattr(Factors(**{name: code}), name) == code
    else:
        with pytest.raises(SummaryFault):
            Factors(**{name: code})


def test_every_question_may_go_unanswered() -> None:
    """P9: each factor may be unknown, refused or never asked, and all may be at once."""
    assert set(FACTOR_CODES) == {field.name for field in dataclasses.fields(Factors)}
    for name, codes in FACTOR_CODES.items():
        assert codes >= NOT_A_VALUE, name
    assert set(dataclasses.astuple(Factors())) == {99}


def test_a_summary_prints_nothing() -> None:
    """P6: what a log or a traceback would print of a summary holds no value of it."""
    shown = repr(a_summary()) + str(a_summary()) + repr(a_summary().factors)
    assert "MO-606" not in shown
    assert shown.count("object at") == 3
