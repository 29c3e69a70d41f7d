"""Which page comes next: pure decisions over what was said, without a screen.

Every path leads on: none ends in "not eligible", and every question can be passed over (MO-02, P9).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.sitting import steps
from kiosk.sitting.steps import Step, first_need, following, harm_questions, newly_asked
from kiosk.sitting.visit import PATHWAYS, YES, Visit


@dataclass(slots=True)
class Flow:
    """The way a visitor took, so that Back and "something changed" know where she was."""

    visit: Visit
    step: Step = steps.HOME
    trail: list[Step] = field(default_factory=list)
    resume: Step | None = None
    """Where to go on after a detour ("something changed", one answer changed, the plan from the yes protocol)."""
    changing: bool = False
    """Whether the question asked now is one answer that she changes; the page she came from follows it."""

    @property
    def part(self) -> int:
        """Which part of the way this page is in, of `steps.PARTS`; 0 outside them. A detour stays where it began."""
        return next((part for part in map(steps.part_of, (self.step, *reversed(self.trail))) if part is not None), 0)

    def go(self, step: Step) -> Step:
        """Go on to a page, remembering this one. What is kept is not asked for again: the end stands in its place."""
        self.trail.append(self.step)
        self.step = steps.CLOSING if self.visit.kept and step.page in steps.SEALED_PAGES else step
        return self.step

    def back(self) -> Step:
        """Go back one page; on the first page, stay. Back on the page that a detour left, the detour is over."""
        if self.trail:
            self.step = self.trail.pop()
        self.changing = False
        if self.step == self.resume:
            self.resume = None
        return self.step

    def home(self) -> Step:
        """Go back to the list of services: it is not private here. Nothing leads back from it but its own way in."""
        self.trail, self.step, self.resume, self.changing = [], steps.HOME, None, False
        return self.step

    def changed(self) -> Step:
        """Leave the path for "something changed" (MO-18); the page that was left is taken up again."""
        if self.step.page in steps.OPEN_PAGES or self.step == steps.CHANGED:
            return self.step
        self._leave_path()
        return self.go(steps.CHANGED)

    def change(self, step: Step) -> Step:
        """Change one answer, and no more; the page that was left is taken up again."""
        self._leave_path()
        self.changing = step.page == "question"
        return self.go(step)

    def _leave_path(self) -> None:
        if self.resume is None:
            self.resume = self.step

    def _after_yes(self) -> Step:
        """Take up the page that a detour left; a visitor who told of harm is not asked about harm again (OR-08)."""
        if self.resume is None or self.resume in {steps.NOTICE, steps.FRAMING, *harm_questions(self.visit)}:
            self.resume = None
            return self.go(first_need(self.visit))
        return self._return()

    def _return(self) -> Step:
        """Take up the page that a detour left, after the choice of a list where she has to choose again."""
        self.changing = False
        if self.visit.list_again and steps.PATHWAY in self.trail and self.step != steps.PATHWAY:
            return self.go(steps.PATHWAY)
        step, self.resume = self.resume, None
        return self.go(step or first_need(self.visit))

    def follow(self, goes: str) -> Step:
        """Take a way that a crossroads offered (`schema.pack.Way.goes`)."""
        match goes:
            case "safe":
                return self.go(steps.YES_PROTOCOL)
            case "protocol":
                return self.go(steps.UNSURE)
            case "not-safe":
                return self.go(steps.NOT_SAFE)
            case "say":
                self.visit.say_later()
                return self.go(steps.SAFE_NOW)
            case "answers":
                return self.go(steps.ANSWERS)
            case "return":
                return self._return()
            case "external" | "hmis" | "undecided":
                self.visit.choose(PATHWAYS[goes])
                return self.next()
            case "call" | "hotline":
                return self.go(steps.CALL)
            case "plan":
                return self.go(steps.SECTIONS)
            case "horizon":
                return self.go(steps.HORIZON)
            case "deck":
                return self.go(steps.DECK)
            case "nothing":
                return self.go(steps.CLOSING)
            case "show-staff":
                return self.go(steps.SHOW_STAFF)
            case _:
                return self.next()

    def next(self) -> Step:
        """Return the page that follows when the visitor goes on with what she said so far."""
        visit = self.visit
        match self.step:
            case Step("home"):
                return self.go(steps.LEAVING)
            case Step("leaving"):
                return self.go(steps.GATE)
            case Step("gate") | Step("before") | Step("crossroads", "helping"):
                return self.go(steps.NOTICE)
            case Step("notice"):
                return self.go(steps.FRAMING)
            case Step("framing"):
                return self.go(harm_questions(visit)[0])
            case Step("question"):
                return self._after_question()
            case Step("crossroads", "safe-now"):
                return self.go(steps.YES_PROTOCOL)
            case Step("crossroads", "not-safe"):
                return self.go(steps.YES_PROTOCOL if visit.disclosed else steps.NOTICE)
            case Step("show-staff"):
                return self.go(steps.NOT_SAFE)
            case Step("crossroads", "yes" | "unsure"):
                return self._after_yes()
            case Step("crossroads", "changed") | Step("answers"):
                return self._return()
            case Step("crossroads", "pathway"):
                visit.list_again = False
                if self.resume is None:
                    return self.go(_after_pathway(visit))
                return self.go(steps.RELEASE) if self._unasked() else self._return()
            case Step("release"):
                return self._return() if self.resume else self.go(steps.REVIEW)
            case Step("sections"):
                return self.go(steps.TAKE) if visit.plan.begun else self._after_detour()
            case Step("open-paper") | Step("open-sheet"):
                return self.home()
            case Step("crossroads", "plan-offer"):
                return self.go(_before_review(visit))
            case Step("kept"):
                return self.go(steps.CLOSING)
            case step if step.page in steps.DETOURS or step == steps.HORIZON:
                return self._after_detour()
            case _:
                return self.go(steps.CLOSING)

    def _unasked(self) -> bool:
        """Whether the list chosen on the way back to the review is the first that a release can be given for."""
        return self.resume == steps.REVIEW and self.visit.releases and steps.RELEASE not in self.trail

    def _after_question(self) -> Step:
        if self.visit.harm.get(self.step.id) == YES:
            self.changing = False
            return self.go(steps.SAFE_NOW)
        if not self.changing:
            return self.go(following(self.visit, self.step.id))
        asked = newly_asked(self.visit, self.step.id)
        return self._return() if asked is None else self.go(asked)

    def _after_detour(self) -> Step:
        """A plan or a call leads back to where it was chosen; chosen at the gate alone, it leads to the end."""
        entered = next((each for each in reversed(self.trail) if each in steps.WAYS_IN or each == steps.KEPT), None)
        if entered == steps.GATE:
            return self.go(steps.CLOSING)
        if entered == steps.PLAN_OFFER or entered is None:
            return self.go(_before_review(self.visit))
        return self.go(entered)


def _after_pathway(visit: Visit) -> Step:
    """Return what follows the choice of a list: the offer to plan, where this role may make a plan (SC-01, MO-31)."""
    return steps.PLAN_OFFER if visit.policy.plan and not visit.plan.begun else _before_review(visit)


def _before_review(visit: Visit) -> Step:
    """Return the page ahead of the review: the release, where there is a list that a row could go to."""
    return steps.RELEASE if visit.releases else steps.REVIEW
