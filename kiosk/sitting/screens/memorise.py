"""Learning a few lines by heart (OX-04): read, hide, say them, look again. Nothing on paper."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import on
from textual.widget import Widget
from textual.widgets import Button, Static

from kiosk.sitting.planning import chosen_lines, faded
from kiosk.sitting.screens.page import Page
from kiosk.terminal.text import say

if TYPE_CHECKING:
    from kiosk.sitting.app import SittingApp


class Memorise(Page):
    """The plan's lines, whole or faded to first letters."""

    def __init__(self, sitting: SittingApp) -> None:
        super().__init__(sitting)
        self.hidden = False

    def body(self) -> Iterable[Widget]:
        """Show the lines."""
        yield self.title_text(self.words("memorise-title"))
        yield self.paragraph(self.words("memorise-body"))
        for line in self._lines():
            yield Static(say(line), classes="plan-line rehearsed")

    def _lines(self) -> list[str]:
        return [f"- {line}" for _, lines in chosen_lines(self.visit, self.words) for line in lines]

    def buttons(self) -> Iterable[Widget]:
        """Offer to hide and show."""
        yield Button(say(self.words("back")), id="back", compact=True)
        yield Button(say(self.words("fade")), id="fade", compact=True)
        yield Button(say(self.words("go-on")), id="go-on", classes="main", compact=True)

    @on(Button.Pressed, "#fade")
    def _fade(self) -> None:
        self.hidden = not self.hidden
        self.relabel("fade", "unfade" if self.hidden else "fade")
        for shown, line in zip(self.query(".rehearsed").results(Static), self._lines(), strict=True):
            shown.update(say(faded(line) if self.hidden else line))
