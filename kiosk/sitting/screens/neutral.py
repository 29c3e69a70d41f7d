"""Ordinary housing and community services, for when it is not private (MO-19). Nothing is asked and nothing noted."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.widget import Widget

from kiosk.sitting.directory import on_home
from kiosk.sitting.screens.page import Page
from kiosk.terminal.text import say
from widgets.button import Button
from widgets.resources import ServiceList


class Neutral(Page):
    """Services, and the way back to the question about privacy."""

    private = False

    heading = "home-title"
    go_on_word = "private-now"

    def more(self) -> str:
        """Say nothing: the list of services scrolls in itself, with a bar of its own."""
        return ""

    def body(self) -> Iterable[Widget]:
        """List the services of the county."""
        yield self.paragraph(self.words("neutral-body"))
        yield ServiceList(on_home(self.visit, self.words), id="services")

    def buttons(self) -> Iterable[Widget]:
        """Offer the list on paper, where there is a printer."""
        back, on_button = super().buttons()
        yield back
        if self.app.printing is not None:
            yield Button(say(self.words("paper-list")), id="paper", compact=True)
        yield on_button

    @on(Button.Pressed, "#paper")
    def _pressed_paper(self) -> None:
        self.leave_with("open-paper")
