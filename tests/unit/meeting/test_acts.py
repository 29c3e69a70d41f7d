"""What staff can do in a meeting, what needs a reason, and what can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.meeting.acts import Acts, NotPossible, ReasonDue
from kiosk.meeting.meeting import Meeting
from kiosk.meeting.months import month_number
from kiosk.meeting.packing import pack_state
from kiosk.meeting.printed import changes, summary
from kiosk.meeting.record import What
from kiosk.meeting.states import OUTCOMES, State
from kiosk.meeting.vacancy import Fit, NoVacancy, Vacancy, asked
from tests.fixtures.meeting import LATER, TODAY, a_meeting, a_vacancy, acts

OVERDUE = date(2026, 12, 5)


def with_vacancy(places: int = 1, count: int = 12) -> tuple[Meeting, Acts, list[str]]:
    """A meeting with a vacancy for families, and who fits it, in order."""
    meeting = a_meeting(count)
    at_it = acts(meeting)
    at_it.vacancy(a_vacancy(places=places))
    return meeting, at_it, [meeting.rows[at].meeting_number for at in meeting.who_fits(meeting.vacancies["V-01"])]


def test_the_first_who_fits_is_offered_without_a_word_and_the_second_needs_a_reason() -> None:
    """Monitors ask exactly this: nobody above is left out without a coded reason, and the record keeps it."""
    meeting, at_it, fits = with_vacancy(2)
    with pytest.raises(ReasonDue):
        at_it.offer(fits[2], "V-01", LATER)
    with pytest.raises(ReasonDue):
        at_it.offer(fits[2], "V-01", LATER, {fits[0]: "R1"})
    assert meeting.state(fits[2]) is State.WAITING and [each.what for each in meeting.changes] == [What.MADE]
    at_it.offer(fits[2], "V-01", LATER, {fits[0]: "R1", fits[1]: "R3"})
    assert meeting.person(fits[2]).answer_by == "2026-12-04"
    assert list(changes(meeting))[1:] == [
        f"2026-11-20  JD            {fits[0]} passed over V-01 (R1)",
        f"2026-11-20  JD            {fits[1]} passed over V-01 (R3)",
        f"2026-11-20  JD            {fits[2]} offered V-01",
    ]
    assert meeting.above(fits[3], "V-01") == [], "a reason given once is not asked again"


def test_a_reason_is_one_of_the_codes() -> None:
    """No free text: neither a reason, a note, nor whoever acts."""
    meeting, at_it, fits = with_vacancy()
    for wrong in (
        lambda: at_it.offer(fits[1], "V-01", LATER, {fits[0]: "her brother called"}),
        lambda: at_it.note(fits[0], "likes dogs"),
        lambda: at_it.pass_over(fits[0], "V-01", ""),
        lambda: acts(meeting, "Maria Lopez"),
    ):
        with pytest.raises(NotPossible):
            wrong()
    assert len(meeting.changes) == 1


def test_what_does_not_fit_or_is_filled_is_not_given() -> None:
    """A vacancy has so many places, and what it asks is asked of everybody."""
    meeting, at_it, fits = with_vacancy()
    no = next(row.meeting_number for row in meeting.rows if a_vacancy().fit(row) is Fit.UNSAID)
    at_it.vacancy(a_vacancy("V-02", "family, size 5"))
    with pytest.raises(NotPossible):
        at_it.refer(fits[0], "V-02")
    at_it.offer(fits[0], "V-01", LATER)
    with pytest.raises(NotPossible, match="filled"):
        at_it.offer(fits[1], "V-01", LATER)
    at_it.declined(fits[0], "R2")
    assert meeting.open_places("V-01") == 1 and meeting.first_free(meeting.vacancies["V-01"]) == fits[0]
    assert no not in fits


def test_an_offer_without_an_outcome_by_its_day_is_overdue() -> None:
    """W5: nothing that is lost loses her: the meeting shows it until somebody says what became of it."""
    meeting, at_it, fits = with_vacancy()
    at_it.offer(fits[0], "V-01", LATER)
    assert not meeting.overdue(fits[0], LATER) and meeting.overdue(fits[0], OVERDUE)
    assert "1 offers open, 0 OVERDUE" in summary(meeting, LATER)
    assert "1 offers open, 1 OVERDUE" in summary(meeting, OVERDUE)
    acts(meeting, today=OVERDUE).accepted(fits[0])
    assert "0 offers open, 0 OVERDUE" in summary(meeting, OVERDUE)


@pytest.mark.parametrize("status", OUTCOMES)
def test_outcomes_become_states(status: str) -> None:
    """`reached` and `not-reached` change only the month of the last word; the others the state, as the page says."""
    meeting, at_it, fits = with_vacancy()
    at_it.offer(fits[0], "V-01", LATER)
    later = acts(meeting, today=OVERDUE)
    before = meeting.person(fits[0])
    later.outcome(fits[0], status)
    after = meeting.person(fits[0])
    if status in ("reached", "not-reached"):
        assert (after.state, after.vacancy, after.answer_by) == (State.OFFERED, "V-01", "2026-12-04")
    else:
        assert after.state.word == {"no-longer-needed": "inactive"}.get(status, status) and not after.answer_by
    assert after.word == (before.word if status == "no-longer-needed" else month_number("2026-12"))


def test_nobody_is_lost_out_of_sight() -> None:
    """Who had no word for 90 days is counted, unless housed or inactive."""
    meeting, _, fits = with_vacancy()
    assert list(meeting.silent(TODAY)) == []
    spring = date(2027, 5, 1)
    assert len(list(meeting.silent(spring))) == 12
    acts(meeting, today=spring).heard(fits[0])
    acts(meeting, today=spring).housed(fits[1])
    acts(meeting, today=spring).inactive(fits[2])
    assert len(list(meeting.silent(spring))) == 9


ACTS: dict[str, Callable[[Acts, str, str], None]] = {
    "offer": lambda at_it, number, code: at_it.offer(number, code, LATER, all_for_one(at_it)),
    "refer": lambda at_it, number, code: at_it.refer(number, code, all_for_one(at_it)),
    "accepted": lambda at_it, number, _: at_it.accepted(number),
    "declined": lambda at_it, number, _: at_it.declined(number),
    "housed": lambda at_it, number, _: at_it.housed(number),
    "inactive": lambda at_it, number, _: at_it.inactive(number),
    "heard": lambda at_it, number, _: at_it.heard(number),
    "pass": lambda at_it, number, code: at_it.pass_over(number, code, "R1"),
    "note": lambda at_it, number, _: at_it.note(number, "C1"),
    "make": lambda at_it, _, code: at_it.vacancy(a_vacancy(code, "family", 3)),
    "close": lambda at_it, _, code: at_it.close(code),
}


def all_for_one(at_it: Acts) -> dict[str, str]:
    """The same reason for everybody."""
    return dict.fromkeys(at_it.meeting.place, "R1")


@given(st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 11), st.integers(0, 2)), max_size=12))
def test_everything_of_this_meeting_can_be_taken_back(steps: list[tuple[str, int, int]]) -> None:
    """Whatever was done, taking back as often as it takes leads to how the meeting began; what was before stays."""
    meeting, at_it, fits = with_vacancy(2)
    at_it.offer(fits[0], "V-01", LATER)
    meeting.begun = len(meeting.changes)
    start = how_it_stands(meeting)
    for name, at, which in steps:
        with suppress(NotPossible):
            ACTS[name](at_it, meeting.rows[at].meeting_number, f"V-0{which}")
    undone = 0
    while True:
        try:
            at_it.undo()
            undone += 1
        except NotPossible:
            break
    assert how_it_stands(meeting) == start
    assert undone == len({each.step for each in meeting.changes[meeting.begun :]})
    assert all(each.undone for each in meeting.changes[meeting.begun :]), "what was taken back stays in the record"


def how_it_stands(meeting: Meeting) -> object:
    """Everything but the record."""
    people = [meeting.person(row.meeting_number) for row in meeting.rows]
    return people, sorted(meeting.vacancies.items()), meeting.passed("V-01"), meeting.open_places("V-01")


@pytest.mark.parametrize(
    ("asks", "cells", "fit"),
    [
        ("anybody", {}, Fit.YES),
        ("family, size 3-4", {"with_children": "1", "household_size_band": "4"}, Fit.YES),
        ("family, size 3-4", {"with_children": "1", "household_size_band": "5"}, Fit.NO),
        ("family, size 3-4", {"with_children": "1"}, Fit.UNSAID),
        ("family", {}, Fit.UNSAID),
        ("adults, size 1", {}, Fit.YES),
        ("adults", {"with_children": "1"}, Fit.NO),
        ("veteran", {"veteran": "1"}, Fit.YES),
        ("veteran", {"veteran": "0"}, Fit.NO),
        ("veteran", {}, Fit.ASK),
        ("chronic", {"chronic_status": "1"}, Fit.NO),
        ("outside, youth household", {"sheltered": "n"}, Fit.ASK),
    ],
)
def test_who_fits(asks: str, cells: dict[str, str], fit: Fit) -> None:
    """A blank is a question and never a no; of household and size, which are blank for most, it is told apart."""
    blank = (
        a_meeting()
        .rows[0]
        ._replace(
            with_children="", household_size_band="", veteran="", chronic_status="", sheltered="", youth_household=""
        )
    )
    assert Vacancy("V-01", 3, 1, *asked(asks)).fit(blank._replace(**cells)) is fit
    assert asked(Vacancy("V-01", 3, 1, *asked(asks)).words) == asked(asks)


@pytest.mark.parametrize("asks", ["a nice flat", "size 0", "size 4-2", "family, family", "name"])
def test_a_vacancy_asks_by_codes_alone(asks: str) -> None:
    """Nothing that the list does not say can be asked."""
    with pytest.raises(NoVacancy):
        Vacancy("V-01", 3, 1, *asked(asks))


def test_the_record_names_nobody() -> None:
    """Codes, days, numbers and words of a closed list: nothing else can be in it."""
    meeting, at_it, fits = with_vacancy()
    at_it.offer(fits[1], "V-01", LATER, {fits[0]: "R1"})
    at_it.note(fits[1], "C1")
    allowed = {each.value for each in What} | {*fits, "V-01", "JD", "R1", "C1", "2026-11-20"}
    for each in meeting.changes:
        assert {each.who, each.day, each.what.value, each.number, each.vacancy, *each.codes} - {""} <= allowed
    assert b"JD" in pack_state(meeting)
