"""Cards to talk about (OR-17): one at a time, in any order, read aloud or passed over. Nothing is typed."""

from __future__ import annotations

import random
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from kiosk.sitting.pages.elements import AFRESH, Block, Kind
from kiosk.sitting.pages.page import Act, Page, Reply
from kiosk.sitting.planning import Prompt, deck
from schema.summary import PlanMode

if TYPE_CHECKING:
    from kiosk.sitting.sitting import Sitting


class Deck(Page):
    """One card; there is no last one and no count."""

    name = "deck"

    def __init__(self, sitting: Sitting) -> None:
        super().__init__(sitting)
        self.order = list(range(len(deck(self.visit, self.words))))
        """The places of the cards, as they lie now."""
        self.card = 0
        """Which of them lies on top."""
        if self.visit.plan_mode is PlanMode.NONE:
            self.visit.plan_mode = PlanMode.SPOKEN

    def blocks(self) -> Iterable[Block]:
        """Say the card, its caution ahead of it."""
        cards = deck(self.visit, self.words)
        card = cards[self.order[self.card]] if cards else Prompt("", "")
        yield Block(self.words("deck-title"), Kind.TITLE)
        yield Block(self.words("deck-body"), line=self.words("line-deck-body"))
        yield Block(card.caution, Kind.CAUTION)
        yield Block(card.text, Kind.CARD)

    def acts(self) -> Iterable[Act]:
        """Offer another order, another card, and the one before."""
        if not self.order:
            return
        yield Act("another", partial(self.turn, 1), "deck-another", also=("space", "right", "down"), numbered=True)
        yield Act("mix", self.shuffle, "deck-mix", also=("s", "S"), numbered=True)
        yield Act("former", partial(self.turn, -1), also=("left", "up", "backspace"))

    def turn(self, by: int) -> Reply:
        """Turn to another card; this one is passed over."""
        self.card = (self.card + by) % len(self.order)
        return AFRESH

    def shuffle(self) -> Reply:
        """Mix the cards, and begin with whichever lies on top now."""
        random.SystemRandom().shuffle(self.order)
        self.card = 0
        return AFRESH
