"""Which page comes next: pure decisions over what was said, without a screen.

Every path leads on: none ends in "not eligible", and every question can be passed over (MO-02, P9).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from kiosk.sitting.visit import PATHWAYS, YES, Visit
from schema.pack import Question


class Step(NamedTuple):
    """A page to show: its kind, and which of that kind."""

    page: str
    id: str = ""


HOME = Step("home")
LEAVING = Step("leaving")
GATE = Step("gate")
NEUTRAL = Step("neutral")
BEFORE = Step("before")
NOTICE = Step("notice")
FRAMING = Step("framing")
SAFE_NOW = Step("crossroads", "safe-now")
YES_PROTOCOL = Step("crossroads", "yes")
CALL = Step("call")
PATHWAY = Step("crossroads", "pathway")
PLAN_OFFER = Step("crossroads", "plan-offer")
HORIZON = Step("crossroads", "horizon")
CHANGED = Step("crossroads", "changed")
SECTIONS = Step("sections")
TAKE = Step("take")
MEMORISE = Step("memorise")
DECK = Step("deck")
PAPER = Step("paper")
PAPER_HOME = Step("paper-home")
PLAN_SHEET = Step("sheet", "plan")
COPY_SHEET = Step("sheet", "copy")
SERVICES_SHEET = Step("sheet", "services")
OPEN_PAPER = Step("open-paper")
OPEN_SHEET = Step("open-sheet", "services")
RELEASE = Step("release")
REVIEW = Step("review")
KEPT = Step("kept")
CLOSING = Step("closing")

OPEN_PAGES = frozenset({"home", "leaving", "gate", "neutral", "before", "open-paper", "open-sheet"})
"""Pages ahead of the privacy gate, where "something changed" has no meaning yet."""


SEALED_PAGES = frozenset({"question", "release", "review"})
"""Pages that lead to what is kept, and to nothing once it is."""


def questions(visit: Visit, part: str) -> Iterator[Question]:
    """Yield the questions of a part, in the pack's order."""
    return (question for question in visit.pack.questions if question.part == part)


def _first_need(visit: Visit) -> Step:
    for question in questions(visit, "need"):
        if visit.applies(question):
            return Step("question", question.id)
    return PATHWAY


def _following(visit: Visit, question_id: str) -> Step:
    """Return the question after this one, or the page after its part."""
    question = next(each for each in visit.pack.questions if each.id == question_id)
    rest = list(questions(visit, question.part))
    for later in rest[rest.index(question) + 1 :]:
        if visit.applies(later):
            return Step("question", later.id)
    return _first_need(visit) if question.part == "harm" else PATHWAY


def _after_question(visit: Visit, step: Step) -> Step:
    if visit.harm.get(step.id) == YES:
        return SAFE_NOW
    return _following(visit, step.id)


def _before_review(visit: Visit) -> Step:
    return RELEASE if visit.pack.release.required else REVIEW


def after_pathway(visit: Visit) -> Step:
    """Return what follows the choice of a list: the offer to plan, where this role may make a plan (SC-01)."""
    return PLAN_OFFER if visit.policy.plan and not visit.plan.begun else _before_review(visit)


@dataclass(slots=True)
class Flow:
    """The way a visitor took, so that Back and "something changed" know where she was."""

    visit: Visit
    step: Step = HOME
    trail: list[Step] = field(default_factory=list)
    resume: Step | None = None
    """Where to go on after a detour ("something changed", or the plan from the yes protocol)."""

    def go(self, step: Step) -> Step:
        """Go on to a page, remembering this one. What is kept is not asked for again: the end stands in its place."""
        self.trail.append(self.step)
        self.step = CLOSING if self.visit.kept and step.page in SEALED_PAGES else step
        return self.step

    def back(self) -> Step:
        """Go back one page; on the first page, stay."""
        if self.trail:
            self.step = self.trail.pop()
        return self.step

    def changed(self) -> Step:
        """Leave the path for "something changed" (MO-18); the page that was left is taken up again."""
        if self.step.page in OPEN_PAGES or self.step == CHANGED:
            return self.step
        if self.resume is None:
            self.resume = self.step
        return self.go(CHANGED)

    def _after_yes(self) -> Step:
        """Take up the page that a detour left; a visitor who told of harm is not asked about harm again (OR-08)."""
        step, self.resume = self.resume, None
        asked = {NOTICE, FRAMING, *(Step("question", each.id) for each in questions(self.visit, "harm"))}
        return self.go(_first_need(self.visit) if step is None or step in asked else step)

    def _return(self) -> Step:
        step, self.resume = self.resume, None
        return self.go(step or _first_need(self.visit))

    def follow(self, goes: str) -> Step:
        """Take a way that a crossroads offered (`schema.pack.Way.goes`)."""
        match goes:
            case "safe" | "not-safe" | "protocol":
                return self.go(YES_PROTOCOL)
            case "say":
                self.visit.say_later()
                return self.go(SAFE_NOW)
            case "answers":
                self.resume = None
                return self.go(_first_need(self.visit))
            case "return":
                return self._return()
            case "external" | "hmis" | "undecided":
                self.visit.choose(PATHWAYS[goes])
                return self.next()
            case "call" | "hotline":
                return self.go(CALL)
            case "plan":
                return self.go(SECTIONS)
            case "horizon":
                return self.go(HORIZON)
            case "deck":
                return self.go(DECK)
            case "nothing":
                return self.go(CLOSING)
            case _:
                return self.next()

    def next(self) -> Step:
        """Return the page that follows when the visitor goes on with what she said so far."""
        visit = self.visit
        match self.step:
            case Step("home"):
                return self.go(LEAVING)
            case Step("leaving"):
                return self.go(GATE)
            case Step("gate") | Step("before"):
                return self.go(NOTICE)
            case Step("neutral"):
                return self.go(GATE)
            case Step("notice"):
                return self.go(FRAMING)
            case Step("framing"):
                return self.go(Step("question", next(questions(visit, "harm")).id))
            case Step("question"):
                return self.go(_after_question(visit, self.step))
            case Step("crossroads", "safe-now"):
                return self.go(YES_PROTOCOL)
            case Step("crossroads", "yes"):
                return self._after_yes()
            case Step("crossroads", "changed"):
                return self._return()
            case Step("crossroads", "pathway"):
                return self.go(after_pathway(visit))
            case Step("call"):
                return self.go(self._after_detour())
            case Step("sections"):
                return self.go(TAKE if visit.plan.begun else self._after_detour())
            case Step("take") | Step("memorise") | Step("deck") | Step("crossroads", "horizon"):
                return self.go(self._after_detour())
            case Step("paper") | Step("paper-home") | Step("sheet"):
                return self.go(self._after_detour())
            case Step("open-paper") | Step("open-sheet"):
                return self.go(NEUTRAL)
            case Step("crossroads", "plan-offer"):
                return self.go(_before_review(visit))
            case Step("release"):
                return self.go(REVIEW)
            case Step("kept"):
                return self.go(CLOSING)
            case _:
                return self.go(CLOSING)

    def _after_detour(self) -> Step:
        """A plan or call begun in the yes protocol leads back into it; one begun at the offer leads on."""
        entered = next((each for each in reversed(self.trail) if each in (YES_PROTOCOL, PLAN_OFFER)), PLAN_OFFER)
        return YES_PROTOCOL if entered == YES_PROTOCOL else _before_review(self.visit)
