"""Who helps with a plan, by kind and never by name (SC-08)."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.binding import Binding
from textual.widget import Widget

from kiosk.sitting.screens.page import Page
from widgets.planline import Tick


class Helping(Page):
    """The pack's kinds of helpers, to tick. Nothing can be typed."""

    go_on_word = "plan-done"
    FIRST = "Tick"
    BINDINGS = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
    ]

    def body(self) -> Iterable[Widget]:
        """List them."""
        yield self.title_text(self.words("helpers-title"))
        yield self.paragraph(self.words("helpers-body"))
        for helper in self.app.pack.helpers:
            yield Tick(self.words.of(helper.label), int(helper.id in self.visit.plan.helpers))

    @on(Tick.Marked)
    def _marked(self) -> None:
        ticks = zip(self.app.pack.helpers, self.query(Tick), strict=True)
        self.visit.plan.helpers = {helper.id for helper, tick in ticks if tick.mark}

    def action_step(self, by: int) -> None:
        """Move from line to line."""
        if by > 0:
            self.focus_next()
        else:
            self.focus_previous()
