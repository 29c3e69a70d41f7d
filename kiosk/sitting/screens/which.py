"""Which screen draws a page: one for all, and the few that draw more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from kiosk.sitting.screens.page import Face, PageScreen

if TYPE_CHECKING:
    from kiosk.sitting.pages.page import Page

MORE = {
    "home": ("services", "HomeScreen"),
    "neutral": ("services", "ServicesScreen"),
    "section": ("section", "SectionScreen"),
    "county": ("county", "CountyList"),
    "language": ("dialogs", "Dialog"),
    "person-word": ("dialogs", "Dialog"),
    "headphones": ("dialogs", "Dialog"),
    "note": ("dialogs", "NoteDialog"),
    "interpreter": ("over", "OverScreen"),
    "staff-cards": ("over", "OverScreen"),
    "card": ("over", "OverScreen"),
}
"""Module and class, by the page's name."""


def screen_for(face: Face, page: Page) -> Screen[Any]:
    """Return a new screen that draws a page."""
    if page.name not in MORE:
        return PageScreen(face, page)
    module, name = MORE[page.name]
    screen: Screen[Any] = getattr(_module(module), name)(face, page)
    return screen


def import_rest() -> None:
    """Import every screen, while nobody is sitting there yet, so that none of them is waited for later."""
    for module, _ in MORE.values():
        _module(module)


def _module(name: str) -> object:
    from importlib import import_module

    return import_module(f"kiosk.sitting.screens.{name}")
