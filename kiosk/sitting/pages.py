"""Which page shows which step. Pages are imported when they are first needed: the home page must paint at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.sitting.flow import Step
from kiosk.sitting.screens.home import Home
from kiosk.sitting.screens.page import Page

if TYPE_CHECKING:
    from kiosk.sitting.app import SittingApp

PAGES = {
    "leaving": ("leaving", "Leaving"),
    "gate": ("gate", "Gate"),
    "neutral": ("neutral", "Neutral"),
    "before": ("before", "Before"),
    "call": ("call", "Call"),
    "sections": ("sections", "Sections"),
    "take": ("take", "Take"),
    "memorise": ("memorise", "Memorise"),
    "deck": ("deck", "Deck"),
    "paper": ("paper", "AskPaper"),
    "paper-home": ("paper", "AskHome"),
    "open-paper": ("paper", "AskOpenly"),
    "release": ("release", "Release"),
    "review": ("review", "Review"),
    "kept": ("kept", "KeptPage"),
    "closing": ("closing", "Closing"),
}
"""Module and class of the pages that need nothing but the visit."""


def page_for(app: SittingApp, step: Step) -> Page:
    """Return a new page for a step. Raises `KeyError` on a step that has none."""
    pack = app.pack
    match step.page:
        case "home":
            return Home(app)
        case "notice":
            return _words_page(app, app.visit.policy.notice)
        case "framing":
            return _words_page(app, "framing")
        case "question":
            from kiosk.sitting.screens.question import QuestionPage

            return QuestionPage(app, next(each for each in pack.questions if each.id == step.id))
        case "crossroads":
            from kiosk.sitting.screens.crossroads import CrossroadsPage

            return CrossroadsPage(app, next(each for each in pack.crossroads if each.id == step.id))
        case "sheet" | "open-sheet":
            from kiosk.sitting.screens.sheet import OpenSheetPage, SheetPage

            return (SheetPage if step.page == "sheet" else OpenSheetPage)(app, step.id)
        case _:
            from importlib import import_module

            module, name = PAGES[step.page]
            page: Page = getattr(import_module(f"kiosk.sitting.screens.{module}"), name)(app)
            return page


def _words_page(app: SittingApp, page_id: str) -> Page:
    from kiosk.sitting.screens.notice import WordsPage

    return WordsPage(app, page_id)


def import_rest() -> None:
    """Import every page, while nobody is sitting there yet, so that none of them is waited for later."""
    from importlib import import_module

    for module, _ in PAGES.values():
        import_module(f"kiosk.sitting.screens.{module}")
    for module in ("notice", "question", "crossroads", "county", "dialogs", "staff", "interpreter", "sheet"):
        import_module(f"kiosk.sitting.screens.{module}")
