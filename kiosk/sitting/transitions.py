"""How a page is left, whatever face it has: the ways that a crossroads offers, and where each of them leads."""

from __future__ import annotations

from kiosk.sitting import steps
from kiosk.sitting.flow import Flow
from kiosk.sitting.steps import Step
from kiosk.sitting.visit import PATHWAYS, Visit
from schema.pack import Crossroads, Way

DETOURS = {
    "before": steps.BEFORE,
    "came-back": steps.CAME_BACK,
    "news": steps.NEWS,
    "renew": steps.RENEW,
    "door-plan": steps.SECTIONS,
    "door-helping": steps.HELPING,
    "door-not-safe": steps.NOT_SAFE,
    "questions": steps.NOTICE,
    "memorise": steps.MEMORISE,
    "paper": steps.PAPER,
    "paper-home": steps.PAPER_HOME,
    "sheet-plan": steps.PLAN_SHEET,
    "sheet-copy": steps.COPY_SHEET,
    "sheet-services": steps.SERVICES_SHEET,
    "open-paper": steps.OPEN_PAPER,
    "open-sheet": steps.OPEN_SHEET,
    "kept": steps.KEPT,
    "nothing": steps.CLOSING,
}
"""Pages that a page asks for by name."""


PAPER = (("yes", "paper-home"), ("no", "next"))
"""Would paper be okay (MO-41)? What each answer is called in the pack's words, and where it leads."""
PAPER_HOME = (("no", "next"), ("services", "sheet-services"), ("plan", "sheet-plan"), ("copy", "sheet-copy"))
"""Is it safe to take this home (SL-03)? The list of everyday services is the safer offer."""
OPEN_PAPER = (("services", "open-sheet"), ("no", "next"))
"""Would paper be okay, ahead of the privacy gate?"""

DOORS = (
    ("gate-yes", "next"),
    ("gate-plan", "door-plan"),
    ("gate-helping", "door-helping"),
    ("gate-before", "before"),
    ("gate-not-safe", "door-not-safe"),
    ("gate-home", "home"),
)
"""The answers at the privacy gate (MO-19), each by the key of its words, and where it leads: the housing questions,
a plan only, helping somebody she knows, what was kept before, help at once, and, where it is not private, the services.
"""


def ways(visit: Visit, crossroads: Crossroads) -> list[Way]:
    """Return the ways on that this role may offer: where it may make no plan, none is offered (SC-01).

    Once her answers are kept, none leads to answers that would not be, and none says that nothing is kept.
    """
    left_out = {*(() if visit.policy.plan else ("plan",)), *(("answers", "nothing") if visit.kept else ())}
    return [way for way in crossroads.ways if way.goes not in left_out]


def taken(visit: Visit, offered: list[Way]) -> int | None:
    """Return which of the ways she took before, as far as the visit knows: a list that was chosen."""
    for index, way in enumerate(offered):
        if way.goes in PATHWAYS and way.goes != "undecided" and PATHWAYS[way.goes] is visit.pathway:
            return index
    return None


CHANGE = "change "
"""Ahead of the page, and which of its kind, on which one answer is changed."""


def change(step: Step) -> str:
    """Return the way that leads to one answer, and from there back."""
    return f"{CHANGE}{step.page} {step.id}"


def turn(flow: Flow, goes: str) -> Step:
    """Move by what a page ended with: next, back, something changed, again, a page by name, a crossroads' way."""
    match goes:
        case "next":
            return flow.next()
        case "back":
            return flow.back()
        case "changed":
            return flow.changed()
        case "again":
            return flow.step
        case "home":
            return flow.home()
        case _ if goes.startswith(CHANGE):
            page, _, of_kind = goes.removeprefix(CHANGE).partition(" ")
            return flow.change(Step(page, of_kind))
        case _ if goes in DETOURS:
            return flow.go(DETOURS[goes])
        case _:
            return flow.follow(goes)
