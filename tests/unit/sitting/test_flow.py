"""Which page comes next, for every way through."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.sitting import steps as pages
from kiosk.sitting.flow import Flow
from kiosk.sitting.steps import Step, questions
from kiosk.sitting.transitions import turn, ways
from kiosk.sitting.visit import YES
from schema.answers import DOES_NOT_KNOW, PREFERS_NOT
from schema.summary import Pathway
from tests.kit import pack, visit

MOVES = st.lists(
    st.one_of(
        st.just(("next", 0)),
        st.just(("back", 0)),
        st.just(("changed", 0)),
        st.tuples(st.just("answer"), st.integers(0, 20)),
        st.tuples(st.just("way"), st.integers(0, 6)),
        st.tuples(st.just("plan"), st.integers(0, 20)),
    ),
    max_size=60,
)


def move(flow: Flow, kind: str, pick: int) -> None:
    """Do what a visitor could do on the page where the flow is."""
    step, seen = flow.step, flow.visit
    if kind == "next":
        flow.next()
    elif kind == "back":
        flow.back()
    elif kind == "changed":
        flow.changed()
    elif kind == "answer" and step.page == "question":
        question = next(each for each in seen.pack.questions if each.id == step.id)
        codes = [*(choice.code for choice in question.choices), DOES_NOT_KNOW, PREFERS_NOT, None]
        seen.answer(question, codes[pick % len(codes)])
        flow.next()
    elif kind == "way" and step.page == "crossroads":
        ways = next(each for each in seen.pack.crossroads if each.id == step.id).ways
        goes = ways[pick % len(ways)].goes
        if goes in ("external", "hmis", "undecided"):
            seen.choose({"external": Pathway.EXTERNAL, "hmis": Pathway.HMIS}.get(goes, Pathway.UNDECIDED))
        if goes != "leave":
            flow.follow(goes)
    elif kind == "plan" and step.page == "sections":
        lines = [line for section in seen.pack.sections for line in section.lines]
        seen.plan.line(lines[pick % len(lines)].id).ticked = True


def walk_on(flow: Flow, limit: int = 60) -> list[Step]:
    """Go on with Enter alone until the review page or the end."""
    steps: list[Step] = []
    while flow.step not in (pages.REVIEW, pages.CLOSING) and len(steps) < limit:
        steps.append(flow.next())
    return steps


def test_enter_alone_goes_from_home_to_review() -> None:
    """Keys: Enter alone walks from the home page to the review page, past every question."""
    flow = Flow(visit())
    steps = walk_on(flow)
    assert flow.step == pages.REVIEW
    asked = [step.id for step in steps if step.page == "question"]
    assert asked == [question.id for question in pack().questions if flow.visit.applies(question)]
    assert pages.NOTICE in steps and steps.index(pages.NOTICE) < steps.index(Step("question", asked[0]))


@settings(max_examples=300, deadline=None)
@given(MOVES)
def test_every_way_leads_on_to_the_review(moves: list[tuple[str, int]]) -> None:
    """MO-02, P9: whatever was answered, skipped or gone back over, going on leads to the review page or the end."""
    flow = Flow(visit())
    for kind, pick in moves:
        move(flow, kind, pick)
        if flow.step == pages.CLOSING:
            flow.back()
    walk_on(flow)
    assert flow.step in (pages.REVIEW, pages.CLOSING)


@settings(max_examples=200, deadline=None)
@given(MOVES)
def test_nothing_about_harm_is_asked_before_its_notice(moves: list[tuple[str, int]]) -> None:
    """OR-15, MO-19, MO-28: the gate, the notice and the framing come before any question about harm."""
    flow = Flow(visit())
    seen: set[Step] = set()
    harm = {Step("question", each.id) for each in questions(flow.visit, "harm")}
    for kind, pick in moves:
        move(flow, kind, pick)
        seen.add(flow.step)
        if flow.step in harm:
            assert {pages.GATE, pages.NOTICE} <= seen


def test_a_yes_opens_the_protocol_and_ends_the_questions_about_harm() -> None:
    """MO-22, OR-08: after a yes comes "safe right now?", then the ways on; no further question about harm."""
    flow = Flow(visit())
    while flow.step.page != "question":
        flow.next()
    first = next(questions(flow.visit, "harm"))
    flow.visit.answer(first, YES)
    assert flow.next() == pages.SAFE_NOW
    assert flow.follow("safe") == pages.YES_PROTOCOL
    assert flow.follow("go-on") == Step("question", next(questions(flow.visit, "need")).id)


def need(flow: Flow, index: int) -> Step:
    """Walk to one of the questions about needs."""
    wanted = [Step("question", each.id) for each in questions(flow.visit, "need")][index]
    while flow.step != wanted:
        flow.next()
    return wanted


def test_something_changed_takes_a_later_disclosure_and_comes_back() -> None:
    """MO-18: from any question she may say it, and the page that was left is taken up again."""
    flow = Flow(visit())
    left = need(flow, 3)
    assert flow.changed() == pages.CHANGED
    assert flow.follow("say") == pages.SAFE_NOW
    assert flow.visit.disclosed
    flow.follow("safe")
    assert flow.next() == left
    assert flow.resume is None


def test_a_detour_that_was_gone_back_from_is_over() -> None:
    """MO-18: who opens "something changed" and goes back is led on as if she had not; nothing returns to that page."""
    flow = Flow(visit())
    while flow.step != pages.NOTICE:
        flow.next()
    flow.changed()
    assert flow.back() == pages.NOTICE
    asked = walk_on(flow)
    assert flow.step == pages.REVIEW and asked.count(pages.FRAMING) == 1


def test_a_change_that_was_gone_back_from_is_over() -> None:
    """Review: one answer asked for again and left by Back changes nothing about the way after it."""
    flow = Flow(visit())
    need(flow, 2)
    flow.changed()
    flow.follow("answers")
    flow.change(Step("question", pack().questions[0].id))
    assert flow.changing
    for _ in range(3):
        flow.back()
    left = flow.step
    assert not flow.changing and left == [Step("question", each.id) for each in questions(flow.visit, "need")][2]
    assert flow.next() not in (left, pages.CHANGED)


def test_what_is_kept_is_not_asked_for_again() -> None:
    """P8: after Keep she may still say that something changed; no way leads to answers that would not be kept."""
    flow = Flow(visit())
    walk_on(flow)
    flow.visit.kept = True
    assert flow.go(pages.KEPT) == pages.KEPT
    assert flow.next() == pages.CLOSING
    seen, waiting = set(), [flow]
    while waiting:
        at = waiting.pop()
        if at.step in seen:
            continue
        seen.add(at.step)
        offered = next((each for each in at.visit.pack.crossroads if each.id == at.step.id), None)
        turns = ["next", "changed", *(way.goes for way in (ways(at.visit, offered) if offered else ()))]
        for goes in turns:
            if goes != "leave":
                waiting.append(copy.deepcopy(at))
                turn(waiting[-1], goes)
    assert {pages.CHANGED, pages.SAFE_NOW, pages.YES_PROTOCOL, pages.CALL, pages.SECTIONS} <= seen
    assert {step.page for step in seen}.isdisjoint({"question", "release", "review"})
    assert pages.PATHWAY not in seen


def test_something_changed_has_no_meaning_before_the_gate() -> None:
    """MO-19: nothing can have changed before anything was said."""
    flow = Flow(visit())
    for _ in range(3):
        at = flow.step
        assert flow.changed() == at
        flow.next()


def test_back_takes_the_way_she_came() -> None:
    """Back goes page by page to the home page, and no further."""
    flow = Flow(visit())
    steps = [flow.step, *walk_on(flow)]
    for step in reversed(steps[:-1]):
        assert flow.back() == step
    assert flow.back() == pages.HOME


@pytest.mark.parametrize("role", ["advocate", "reporter", "social-worker", "staff"])
def test_every_role_has_its_notice(role: str) -> None:
    """MO-28, MO-31, OR-15: each role has a notice of its own kind; nobody but an advocate promises confidentiality."""
    notice = visit(role=role).policy.notice
    assert any(page.id == notice for page in pack().pages)
    assert (notice == "notice-confidential") == (role == "advocate")


def test_a_plan_begun_in_the_protocol_leads_back_to_it() -> None:
    """MO-22: the plan is a detour of the yes protocol; begun at the offer it leads on."""
    flow = Flow(visit())
    need(flow, 0)
    flow.changed()
    flow.follow("say")
    flow.next()
    assert flow.follow("plan") == pages.SECTIONS
    flow.visit.plan.line(pack().sections[0].lines[0].id).ticked = True
    assert flow.next() == pages.TAKE
    assert flow.next() == pages.YES_PROTOCOL
