"""What a sitting remembers, and what it drops."""

from __future__ import annotations

import re
from dataclasses import fields

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.sitting.pages.elements import Kind
from kiosk.sitting.pages.review import Review
from kiosk.sitting.sitting import Sitting
from kiosk.sitting.summarising import release_until, summary
from kiosk.sitting.visit import YES, Visit
from schema.answers import DOES_NOT_KNOW, NOT_COLLECTED, PREFERS_NOT
from schema.pack import Question
from schema.summary import Factors, Pathway, PlanMode
from tests.kit import pack, snapshot, visit

NEEDS = [question for question in pack().questions if question.part == "need"]
HARM = [question for question in pack().questions if question.part == "harm"]
NUMBER = 57240286


def codes(question: Question) -> st.SearchStrategy[int | None]:
    """Every answer that a question's page can give."""
    return st.sampled_from([*(choice.code for choice in question.choices), DOES_NOT_KNOW, PREFERS_NOT, None])


ANSWERS = st.fixed_dictionaries({question.id: codes(question) for question in pack().questions})


def answered(answers: dict[str, int | None]) -> Visit:
    """A visit with these answers."""
    made = visit()
    for question in pack().questions:
        made.answer(question, answers[question.id])
    return made


@settings(max_examples=300, deadline=None)
@given(ANSWERS, st.sampled_from(list(Pathway)))
def test_the_choice_of_a_list_changes_no_score(answers: dict[str, int | None], pathway: Pathway) -> None:
    """P9: over all answers, victim services, the general list and neither have one score and the same factors."""
    told = answered(answers)
    told.choose(pathway)
    plain = visit()
    for question in NEEDS:
        plain.answer(question, answers[question.id])
    station = snapshot()
    one = summary(told, station.settings, station.profile, NUMBER, "apple river stone")
    other = summary(plain, station.settings, station.profile, NUMBER, "apple river stone")
    assert (one.score, one.factors) == (other.score, other.factors)
    assert one.pathway is pathway


@settings(max_examples=200, deadline=None)
@given(ANSWERS)
def test_harm_leaves_no_trace_in_what_is_kept(answers: dict[str, int | None]) -> None:
    """MO-09, P6: two visits that differ in every answer about harm make the same summary."""
    station = snapshot()
    first, second = answered(answers), answered(answers | dict.fromkeys((each.id for each in HARM), YES))
    made = [summary(each, station.settings, station.profile, NUMBER, "apple river stone") for each in (first, second)]
    assert made[0] == made[1]


def test_a_yes_drops_the_draft_of_the_general_list() -> None:
    """MO-03, MO-18: a disclosure at any stage forgets what was bound for HMIS; she chooses again."""
    made = visit()
    made.choose(Pathway.HMIS)
    assert made.draft is not None
    made.say_later()
    assert made.draft is None
    assert made.pathway is Pathway.UNDECIDED


def test_victim_services_stay_chosen_after_a_disclosure() -> None:
    """MO-03: the external list is one-way; a later yes does not undo it."""
    made = visit()
    made.choose(Pathway.EXTERNAL)
    made.answer(HARM[0], YES)
    assert made.pathway is Pathway.EXTERNAL
    assert made.draft is None


def test_an_answer_taken_back_is_gone() -> None:
    """Back and change: what she takes back is not collected."""
    made = visit()
    made.answer(NEEDS[0], NEEDS[0].choices[0].code)
    made.answer(NEEDS[0], None)
    assert made.factors() == Factors()
    assert made.factors().living_situation == NOT_COLLECTED


def test_private_words_do_not_print() -> None:
    """P1: the visit's own text shows nothing of what was said, whoever prints it."""
    made = visit()
    made.answer(HARM[0], YES)
    made.plan.line("x").blanks["place"] = "Maple Street"
    made.plan.own["s"] = ["my own words"]
    text = repr(made) + repr(made.plan) + repr(made.plan.line("x"))
    assert not re.search(r"Maple|own words|harm|needs", text)


def test_the_review_shows_everything_that_is_stored() -> None:
    """Keep: whatever a summary holds stands on the review page in words, and nothing of it is empty."""
    sitting = Sitting(snapshot())
    made = sitting.visit
    for question in NEEDS:
        made.answer(question, question.choices[0].code)
    made.choose(Pathway.EXTERNAL)
    made.plan_mode = PlanMode.MEMORISED
    page = Review(sitting)
    shown = [(offer.label, offer.value) for offer in page.offers()]
    shown += [tuple(block.text.split(": ", 1)) for block in page.blocks() if block.kind is Kind.RECORD]  # type: ignore[misc]
    asked = {question.fills for question in NEEDS if made.applies(question)}
    for question in NEEDS:
        if question.id in {each.id for each in made.filling()}:
            assert any(question.choices[0].label["en"] == value for _, value in shown)
    assert not any(label == "" or value == "" for label, value in shown)
    told = summary(made, sitting.settings, sitting.snapshot.profile, NUMBER, "one two three")
    values = {value for _, value in shown}
    assert {f"Harbor housing line ({told.agency})", told.region} <= values
    said_by = {
        "factors": len(asked),
        "pathway release": 2,
        "plan_mode referral_outcome revisit": 3,
        "month agency region phrase_check": 4,
    }
    assert len(shown) == sum(said_by.values())
    never_hers = {"pack", "instrument", "profile", "score", "assessment_type", "release_expires"}
    assert {each.name for each in fields(told)} == {*" ".join(said_by).split(), *never_hers}


def test_a_release_ends_after_its_months() -> None:
    """hud-facts: a release is limited in time, counted in months."""
    from datetime import date

    assert release_until(12, date(2026, 11, 22)) == "2027-11"
    assert release_until(1, date(2026, 12, 31)) == "2027-01"


def test_a_finer_answer_stands_for_the_one_before_it() -> None:
    """Her own home is rented or owned, with help or without (HUD 410, 411, 421, 435); "not sure" leaves the first."""
    visit = Visit(pack=pack("us-mo"), role="advocate", language="en")
    going_on = [question for question in visit.pack.questions if question.id in ("own-home", "night-before")]
    assert len(going_on) == 2 and not any(map(visit.applies, going_on))
    visit.needs["sleeping-place"] = 410
    assert [visit.applies(question) for question in going_on] == [True, False]
    for code, told in ((411, 411), (435, 435), (8, 410)):
        visit.needs["own-home"] = code
        assert visit.factors().living_situation == told
        assert [question.id for question in visit.filling()].count("sleeping-place") == (told == 410)
    visit.needs["sleeping-place"] = 335
    assert visit.factors().living_situation == 335


def test_the_night_before_is_asked_after_a_short_stay_elsewhere() -> None:
    """2.3 of the list rules: Q2 where she sleeps elsewhere and not for long, Q1 where the months come to a year."""
    visit = Visit(pack=pack("us-mo"), role="advocate", language="en")
    asked = {question.id: question for question in visit.pack.questions}
    visit.needs |= {"sleeping-place": 335, "stay-length": 11, "months-without-home": 113}
    assert visit.applies(asked["night-before"]) and visit.applies(asked["year-without-break"])
    visit.needs |= {"night-before": 1, "year-without-break": 1}
    assert (visit.factors().homeless_before, visit.factors().unbroken_year) == (1, 1)
    visit.needs |= {"stay-length": 5, "months-without-home": 103}
    assert not visit.applies(asked["night-before"]) and not visit.applies(asked["year-without-break"])
    assert (visit.factors().homeless_before, visit.factors().unbroken_year) == (99, 99)
