"""A sitting walked by chance: after every step she can go back, say that something changed, and reach the end."""

from __future__ import annotations

import copy
from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from kiosk.sitting import steps as pages
from kiosk.sitting.flow import Flow
from kiosk.sitting.steps import OPEN_PAGES, Step
from kiosk.sitting.summarising import summary
from kiosk.sitting.visit import codes
from schema.summary import Pathway, Summary
from tests.kit import pack, snapshot, visit

NUMBER = 10_000_005
KNOWN = {each for each in vars(pages).values() if isinstance(each, Step)}
KNOWN |= {Step("question", each.id) for each in pack().questions}
LONGEST = 60


def twin(flow: Flow) -> Flow:
    """The same place, to try a way from it."""
    seen = flow.visit
    own = {name: copy.deepcopy(getattr(seen, name)) for name in ("harm", "needs", "plan", "gentle")}
    return replace(flow, visit=replace(seen, **own), trail=list(flow.trail))


class Sitting(RuleBasedStateMachine):
    """What a visitor may do, on whichever page she is."""

    def __init__(self) -> None:
        super().__init__()
        self.flow = Flow(visit())

    @rule()
    def go_on(self) -> None:
        self.flow.next()

    @rule()
    def go_back(self) -> None:
        self.flow.back()

    @rule()
    def say_changed(self) -> None:
        self.flow.changed()

    @precondition(lambda self: self.flow.step.page == "question")
    @rule(pick=st.integers(0, 20))
    def answer(self, pick: int) -> None:
        question = next(each for each in pack().questions if each.id == self.flow.step.id)
        offered = (*codes(question), None)
        self.flow.visit.answer(question, offered[pick % len(offered)])
        self.flow.next()

    @precondition(lambda self: self.flow.step.page == "crossroads")
    @rule(pick=st.integers(0, 6))
    def take_a_way(self, pick: int) -> None:
        ways = next(each for each in pack().crossroads if each.id == self.flow.step.id).ways
        goes = ways[pick % len(ways)].goes
        if goes != "leave":
            self.flow.follow(goes)

    @precondition(lambda self: self.flow.step.page == "sections")
    @rule(pick=st.integers(0, 40))
    def tick(self, pick: int) -> None:
        lines = [line for section in pack().sections for line in section.lines]
        self.flow.visit.plan.line(lines[pick % len(lines)].id).ticked = True

    @invariant()
    def the_page_is_known(self) -> None:
        assert self.flow.step in KNOWN

    @invariant()
    def back_undoes_going_on(self) -> None:
        """From any page: on and back is the same page, and back alone reaches home."""
        tried = twin(self.flow)
        tried.next()
        assert tried.back() == self.flow.step
        for _ in range(len(tried.trail)):
            tried.back()
        assert tried.step == pages.HOME

    @invariant()
    def something_changed_comes_back(self) -> None:
        """MO-18: behind the gate it opens from any page, and what was left is taken up again."""
        tried, left = twin(self.flow), self.flow.step
        opened = tried.changed()
        assert opened == (left if left.page in OPEN_PAGES else pages.CHANGED)
        if opened == pages.CHANGED and left != pages.CHANGED and self.flow.resume is None:
            assert tried.follow("return") == left

    @invariant()
    def it_leads_on(self) -> None:
        """MO-02, P9: no page is a dead end; Enter alone reaches the review or the end."""
        tried = twin(self.flow)
        for _ in range(LONGEST):
            if tried.step in (pages.REVIEW, pages.CLOSING):
                return
            tried.next()
        raise AssertionError("no end")

    def teardown(self) -> None:
        """P6, P9: what would be kept is codes, and the list she chose is in neither score nor factors."""
        told = [self._kept(each) for each in Pathway]
        assert len({each.score for each in told}) == 1
        assert all(each.factors == self.flow.visit.factors() for each in told)

    def _kept(self, pathway: Pathway) -> Summary:
        seen, given = twin(self.flow).visit, snapshot()
        seen.choose(pathway)
        return summary(seen, given.settings, given.profile, NUMBER, "red apple tea")


Sitting.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)


class TestSitting(Sitting.TestCase):  # type: ignore[misc,valid-type]  # made by Hypothesis at run time
    """P9, MO-02, MO-18: whatever is answered, skipped or gone back over, every rule of a sitting holds."""
