"""The pages of a sitting by name, the parts of the way they belong to, and the order of the questions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from kiosk.sitting.visit import Visit
from schema.pack import Question


class Step(NamedTuple):
    """A page to show: its kind, and which of that kind."""

    page: str
    id: str = ""


HOME: Final = Step("home")
LEAVING: Final = Step("leaving")
GATE: Final = Step("gate")
BEFORE: Final = Step("before")
CAME_BACK: Final = Step("came-back")
NEWS: Final = Step("news")
RENEW: Final = Step("renew")
NOTICE: Final = Step("notice")
FRAMING: Final = Step("framing")
SAFE_NOW: Final = Step("crossroads", "safe-now")
NOT_SAFE: Final = Step("crossroads", "not-safe")
UNSURE: Final = Step("crossroads", "unsure")
YES_PROTOCOL: Final = Step("crossroads", "yes")
HELPING: Final = Step("crossroads", "helping")
SHOW_STAFF: Final = Step("show-staff")
CALL: Final = Step("call")
PATHWAY: Final = Step("crossroads", "pathway")
PLAN_OFFER: Final = Step("crossroads", "plan-offer")
HORIZON: Final = Step("crossroads", "horizon")
CHANGED: Final = Step("crossroads", "changed")
ANSWERS: Final = Step("answers")
SECTIONS: Final = Step("sections")
TAKE: Final = Step("take")
MEMORISE: Final = Step("memorise")
DECK: Final = Step("deck")
PAPER: Final = Step("paper")
PAPER_HOME: Final = Step("paper-home")
PLAN_SHEET: Final = Step("sheet", "plan")
COPY_SHEET: Final = Step("sheet", "copy")
SERVICES_SHEET: Final = Step("sheet", "services")
OPEN_PAPER: Final = Step("open-paper")
OPEN_SHEET: Final = Step("open-sheet", "services")
RELEASE: Final = Step("release")
REVIEW: Final = Step("review")
KEPT: Final = Step("kept")
CLOSING: Final = Step("closing")

OPEN_PAGES: Final = frozenset(
    {"home", "leaving", "gate", "before", "came-back", "news", "renew", "open-paper", "open-sheet"}
)
"""Pages ahead of the privacy gate, where "something changed" has no meaning yet."""
SEALED_PAGES: Final = frozenset({"question", "release", "review"})
"""Pages that lead to what is kept, and to nothing once it is."""
DETOURS: Final = frozenset({"call", "sections", "take", "memorise", "deck", "paper", "paper-home", "sheet"})
"""Pages beside the way: each leads back to where it was chosen."""
WAYS_IN: Final = frozenset({GATE, HELPING, NOT_SAFE, UNSURE, YES_PROTOCOL, PLAN_OFFER})
"""Where a plan or a call can be chosen."""

PARTS: Final = 4
"""Parts of the way: before the questions, about safety, about housing, what is kept."""
_PART: Final = {
    **dict.fromkeys((HOME, OPEN_PAPER, OPEN_SHEET, HELPING), 0),
    **dict.fromkeys((LEAVING, GATE, BEFORE, CAME_BACK, NEWS, RENEW, NOTICE, FRAMING), 1),
    **dict.fromkeys((SAFE_NOW, NOT_SAFE, UNSURE, YES_PROTOCOL), 2),
    **dict.fromkeys((PATHWAY, PLAN_OFFER, RELEASE, REVIEW, KEPT, CLOSING), 4),
}


def part_of(step: Step) -> int | None:
    """Return which part of the way a page belongs to, 0 for none of them; `None` for a detour, which is in any."""
    if step.page == "question":
        return 2 if step.id.startswith("harm") else 3
    return _PART.get(step)


def questions(visit: Visit, part: str) -> Iterator[Question]:
    """Yield the questions of a part, in the pack's order."""
    return (question for question in visit.pack.questions if question.part == part)


def harm_questions(visit: Visit) -> list[Step]:
    """Return the pages that ask about harm."""
    return [Step("question", each.id) for each in questions(visit, "harm")]


def first_need(visit: Visit) -> Step:
    """Return the first question about housing that makes sense, or what follows them."""
    return next((Step("question", each.id) for each in questions(visit, "need") if visit.applies(each)), PATHWAY)


def following(visit: Visit, question_id: str) -> Step:
    """Return the question after this one, or the page after its part."""
    question = next(each for each in visit.pack.questions if each.id == question_id)
    rest = list(questions(visit, question.part))
    for later in rest[rest.index(question) + 1 :]:
        if visit.applies(later):
            return Step("question", later.id)
    return first_need(visit) if question.part == "harm" else PATHWAY


def newly_asked(visit: Visit, question_id: str) -> Step | None:
    """Return the question that makes sense since this answer was changed and was never answered, if there is one."""
    going_on = (
        each for each in questions(visit, "need") if question_id in each.only_if and visit.needs.get(question_id)
    )
    found = next((each for each in going_on if visit.applies(each) and visit.given(each) is None), None)
    return None if found is None else Step("question", found.id)
