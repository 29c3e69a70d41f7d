"""Pages that a key lays over another one: the cards for staff, the interpreter's page. Esc takes them away."""

from __future__ import annotations

from kiosk.sitting.screens.page import PageScreen


class OverScreen(PageScreen):
    """A page over a page; whatever is under it stays as it was."""

    over = True
