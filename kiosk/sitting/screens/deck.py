"""Cards to talk about (OR-17): one at a time, in any order, read aloud or passed over. Nothing is typed."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import on
from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Static

from kiosk.sitting.planning import Prompt, deck
from kiosk.sitting.screens.page import Page
from kiosk.terminal.text import say
from schema.summary import PlanMode
from widgets.button import Button

if TYPE_CHECKING:
    from kiosk.sitting.app import SittingApp


class Deck(Page):
    """One card. Space or an arrow turns to another, S mixes them all; there is no last one and no count."""

    BINDINGS = [
        Binding("space,right,down", "turn(1)", show=False),
        Binding("left,up,backspace", "turn(-1)", show=False),
        Binding("s", "shuffle", show=False),
    ]

    def __init__(self, sitting: SittingApp) -> None:
        super().__init__(sitting)
        self.order = list(range(len(deck(self.visit, self.words))))
        """The places of the cards, as they lie now."""
        self.place = 0
        if self.visit.plan_mode is PlanMode.NONE:
            self.visit.plan_mode = PlanMode.SPOKEN

    def body(self) -> Iterable[Widget]:
        """Show the card."""
        yield self.title_text(self.words("deck-title"))
        yield self.paragraph(self.words("deck-body"))
        yield self.paragraph("", "caution")
        yield Static(id="card")

    def _card(self) -> Prompt:
        cards = deck(self.visit, self.words)
        return cards[self.order[self.place]] if cards else Prompt("", "")

    def shown(self) -> None:
        """Show the card's caution, where it has one."""
        super().shown()
        self._lay(self._card())

    def _lay(self, card: Prompt) -> None:
        caution = self.query_one(".caution", Static)
        caution.update(say(f"! {card.caution}"))
        caution.display = bool(card.caution)
        self.query_one("#card", Static).update(say(card.text))

    def buttons(self) -> Iterable[Widget]:
        """Offer another card, and another order."""
        yield Button(say(self.words("back")), id="back", compact=True)
        yield Button(say(self.words("deck-mix")), id="mix", compact=True)
        yield Button(say(self.words("deck-another")), id="another", compact=True)
        yield Button(say(self.words("go-on")), id="go-on", classes="main", compact=True)

    def action_turn(self, by: int) -> None:
        """Turn to another card; this one is passed over."""
        if self.order:
            self.place = (self.place + by) % len(self.order)
            self._lay(self._card())

    def action_shuffle(self) -> None:
        """Mix the cards, and begin with whichever lies on top now."""
        random.SystemRandom().shuffle(self.order)
        self.place = -1
        self.action_turn(1)

    @on(Button.Pressed, "#another")
    def _another(self) -> None:
        self.action_turn(1)

    @on(Button.Pressed, "#mix")
    def _mix(self) -> None:
        self.action_shuffle()
