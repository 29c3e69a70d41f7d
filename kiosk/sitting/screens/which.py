"""Which screen draws a page: one for all, and the few that draw more."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from kiosk.sitting.screens.drawing import Face

if TYPE_CHECKING:
    from kiosk.sitting.pages.page import Page

MORE = {
    "home": ("services", "HomeScreen"),
    "paused": ("services", "PausedScreen"),
    "waiting": ("services", "WaitingScreen"),
    "section": ("section", "SectionScreen"),
    "county": ("county", "CountyList"),
    "language": ("dialogs", "Dialog"),
    "gesture": ("dialogs", "Dialog"),
    "recall": ("over", "OverScreen"),
    "hand-over": ("over", "OverScreen"),
    "for-staff": ("over", "OverScreen"),
    "person-word": ("dialogs", "Dialog"),
    "headphones": ("dialogs", "Dialog"),
    "note": ("dialogs", "NoteDialog"),
    "interpreter": ("over", "OverScreen"),
    "staff-cards": ("over", "OverScreen"),
    "card": ("over", "OverScreen"),
}
"""Module and class, by the page's name."""


def screen_for(face: Face, page: Page, left: Callable[[str], None] | None = None) -> Screen[Any]:
    """Return a new screen that draws a page; `left` is told how a page of the way was left."""
    module, name = MORE.get(page.name, ("page", "PageScreen"))
    given = (face, page) if left is None else (face, page, left)
    screen: Screen[Any] = getattr(_module(module), name)(*given)
    return screen


def import_rest() -> None:
    """Import every screen, while nobody is sitting there yet, so that none of them is waited for later."""
    for module, _ in MORE.values():
        _module(module)


def _module(name: str) -> object:
    from importlib import import_module

    return import_module(f"kiosk.sitting.screens.{name}")
