"""HUD's chronic test of what a visitor says: one function for kiosk, desk and merge."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.desk.merging.chronic_on_day import judged
from kiosk.priority import chronic
from kiosk.priority.chronic import joined, place, time
from schema.summary import Factors
from tests.made_up import factors

YES, NO, UNKNOWN = True, False, None


def said(disabling: int, sleeps: int, stay: int, times: int, months: int, **more: int) -> Factors:
    """A visitor's five answers."""
    return Factors(
        disabling_condition=disabling, living_situation=sleeps, length_of_stay=stay, times_homeless=times,
        months_homeless=months, **more,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (said(1, 116, 3, 1, 113), YES),
        (said(1, 116, 5, 8, 99), YES),
        (said(1, 116, 3, 1, 112), UNKNOWN),
        (said(1, 116, 3, 1, 112, unbroken_year=1), YES),
        (said(1, 116, 3, 1, 112, unbroken_year=0), NO),
        (said(1, 116, 3, 2, 113), UNKNOWN),
        (said(1, 116, 3, 2, 113, unbroken_year=1), YES),
        (said(1, 116, 3, 2, 113, unbroken_year=0), NO),
        (said(1, 335, 11, 4, 113), UNKNOWN),
        (said(1, 335, 11, 4, 113, homeless_before=1), YES),
        (said(1, 335, 11, 4, 113, homeless_before=0), NO),
        (said(1, 207, 3, 4, 113, homeless_before=1), YES),
        (said(1, 335, 3, 4, 113, homeless_before=1), NO),
        (said(99, 116, 5, 4, 113), UNKNOWN),
        (said(0, 116, 5, 4, 113), NO),
        (said(1, 116, 3, 4, 111), NO),
        (said(1, 116, 3, 9, 106), NO),
        (said(1, 410, 5, 4, 113), NO),
        (said(1, 99, 5, 4, 113), UNKNOWN),
    ],
)
def test_what_a_visitor_says(answers: Factors, expected: bool | None) -> None:
    """2.3 of the list rules: the table, and what the two later questions change."""
    assert chronic.chronic(answers) is expected


@given(st.lists(st.sampled_from([True, False, None]), min_size=1, max_size=4))
def test_no_if_one_is_no(parts: list[bool | None]) -> None:
    """2.1: no if one is no, yes if all are yes, else not known."""
    said_all = joined(*parts)
    assert (said_all is False) == (False in parts)
    assert (said_all is True) == all(part is True for part in parts)


@settings(max_examples=300)
@given(factors())
def test_a_later_answer_only_settles(answers: Factors) -> None:
    """An answer to Q1 or Q2 never turns a yes or a no without it into the opposite of what it says."""
    import dataclasses

    bare = dataclasses.replace(answers, unbroken_year=99, homeless_before=99)
    known = chronic.chronic(bare)
    for year in (0, 1):
        more = chronic.chronic(dataclasses.replace(bare, unbroken_year=year))
        if known is True:
            assert more is True
        if known is False and year == 0:
            assert more is False


def test_the_key_is_one_band_of_three() -> None:
    """Band 1 is HUD's first class for other beds; not known counts as no, and says what to ask."""
    assert chronic.bands(said(1, 116, 3, 1, 113)) == (2, 3)
    assert chronic.bands(said(1, 116, 3, 2, 113)) == (1, 3)
    assert chronic.bands(said(99, 116, 3, 4, 107)) == (0, 2)
    assert "ask about a disabling condition" in chronic.reason("chronic", said(99, 116, 3, 4, 113))
    assert "counts as nearly" in chronic.reason("chronic", said(1, 116, 3, 2, 113))


def test_the_merge_asks_the_same_function() -> None:
    """`place`, `time` and `joined` are what the merge judges enrollments by."""
    assert judged.__globals__["chronic"] is chronic
    assert place(207, 5, None, True, project=14) is False and place(207, 5, None, True, project=0) is True
    assert time(year=False, dated=False, times=1, months=13) is True
