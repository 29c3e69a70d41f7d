"""Which page says which step. Pages are imported when they are first needed: the home page must be there at once."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.sitting.pages.page import Page
    from kiosk.sitting.sitting import Sitting
    from kiosk.sitting.steps import Step

PAGES = {
    "home": ("home", "Home"),
    "leaving": ("leaving", "Leaving"),
    "gate": ("gate", "Gate"),
    "before": ("before", "Before"),
    "came-back": ("came_back", "CameBack"),
    "news": ("news", "NewsPage"),
    "renew": ("came_back", "Renew"),
    "notice": ("notice", "WordsPage"),
    "framing": ("notice", "WordsPage"),
    "question": ("question", "QuestionPage"),
    "crossroads": ("crossroads", "CrossroadsPage"),
    "show-staff": ("show_staff", "ShowStaff"),
    "answers": ("answers", "Answers"),
    "call": ("call", "Call"),
    "sections": ("sections", "Sections"),
    "take": ("take", "Take"),
    "memorise": ("memorise", "Memorise"),
    "deck": ("deck", "Deck"),
    "paper": ("paper", "AskPaper"),
    "paper-home": ("paper", "AskHome"),
    "open-paper": ("paper", "AskOpenly"),
    "sheet": ("sheet", "SheetPage"),
    "open-sheet": ("sheet", "OpenSheetPage"),
    "release": ("release", "Release"),
    "review": ("review", "Review"),
    "kept": ("kept", "KeptPage"),
    "closing": ("closing", "Closing"),
}
"""Module and class of each step's page."""
_BESIDE = ("county", "gesture", "headphones", "interpreter", "language", "plan_extras", "section", "staff")


def page_for(sitting: Sitting, step: Step) -> Page:
    """Return a new page for a step. Raises `KeyError` on a step that has none."""
    module, name = PAGES[step.page]
    page: Page = getattr(_module(module), name)(sitting, *_given(sitting, step))
    return page


def _given(sitting: Sitting, step: Step) -> tuple[object, ...]:
    """Return what the page of a step is about, where there are several of its kind."""
    pack = sitting.pack
    match step.page:
        case "notice":
            return (sitting.visit.policy.notice,)
        case "framing":
            return ("framing",)
        case "question":
            return (next(each for each in pack.questions if each.id == step.id),)
        case "crossroads":
            return (next(each for each in pack.crossroads if each.id == step.id),)
        case "sheet" | "open-sheet":
            return (step.id,)
        case _:
            return ()


def import_rest() -> None:
    """Import every page, while nobody is sitting there yet, so that none of them is waited for later."""
    for module in (*(module for module, _ in PAGES.values()), *_BESIDE):
        _module(module)


def _module(name: str) -> object:
    return import_module(f"kiosk.sitting.pages.{name}")
