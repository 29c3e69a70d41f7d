"""Which page reads out which step. Pages are imported when they are first needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from kiosk.sitting.flow import Step

if TYPE_CHECKING:
    from kiosk.sitting.line.face import LineFace
    from kiosk.sitting.line.page import Page

PAGES = {
    "home": "Home",
    "leaving": "Leaving",
    "gate": "Gate",
    "neutral": "Neutral",
    "before": "Before",
    "call": "Call",
    "sections": "Sections",
    "take": "Take",
    "memorise": "Memorise",
    "deck": "Deck",
    "release": "Release",
    "review": "Review",
    "kept": "KeptPage",
    "closing": "Closing",
}
"""Step to the class of the module that is named as the step."""


def page_for(face: LineFace, step: Step) -> Page:
    """Return a new page for a step. Raises `KeyError` on a step that has none."""
    pack = face.pack
    match step.page:
        case "notice" | "framing":
            from kiosk.sitting.line.pages.notice import WordsPage

            return WordsPage(face, face.visit.policy.notice if step.page == "notice" else "framing")
        case "question":
            from kiosk.sitting.line.pages.question import QuestionPage

            return QuestionPage(face, next(each for each in pack.questions if each.id == step.id))
        case "crossroads":
            from kiosk.sitting.line.pages.crossroads import CrossroadsPage

            return CrossroadsPage(face, next(each for each in pack.crossroads if each.id == step.id))
        case "paper" | "paper-home" | "open-paper":
            from kiosk.sitting.line.pages import paper

            return {"paper": paper.AskPaper, "paper-home": paper.AskHome, "open-paper": paper.AskOpenly}[step.page](
                face
            )
        case "sheet" | "open-sheet":
            from kiosk.sitting.line.pages.sheet import OpenSheetPage, SheetPage

            return (SheetPage if step.page == "sheet" else OpenSheetPage)(face, step.id)
        case page:
            return cast("Page", getattr(_module(page), PAGES[page])(face))


def import_rest() -> None:
    """Import every page, while nobody is sitting there yet, so that none of them is waited for later."""
    for name in (
        *PAGES,
        "notice",
        "question",
        "crossroads",
        "paper",
        "sheet",
        "told",
        "language",
        "paused",
        "county",
        "staff",
        "headphones",
    ):
        _module(name)


def _module(name: str) -> object:
    from importlib import import_module

    return import_module(f"kiosk.sitting.line.pages.{name}")
