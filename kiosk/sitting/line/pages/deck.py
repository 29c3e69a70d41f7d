"""Cards to talk about (OR-17): one at a time, in any order, read aloud or passed over. Nothing is typed."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kiosk.sitting.line.page import AFRESH, Answer, Choice, Page
from kiosk.sitting.planning import deck
from schema.summary import PlanMode

if TYPE_CHECKING:
    from kiosk.sitting.line.face import LineFace


class Deck(Page):
    """One card; there is no last one and no count."""

    def __init__(self, face: LineFace) -> None:
        super().__init__(face)
        self._order = list(range(len(deck(self.visit, self.words))))
        self._place = 0
        if self.visit.plan_mode is PlanMode.NONE:
            self.visit.plan_mode = PlanMode.SPOKEN

    def blocks(self) -> Iterable[str]:
        """Say the card, its caution ahead of it."""
        yield self.words("deck-title")
        yield self.words("line-deck-body")
        if self._order:
            card = deck(self.visit, self.words)[self._order[self._place]]
            yield ""
            if card.caution:
                yield f"! {card.caution}"
            yield card.text

    def choices(self) -> Sequence[Choice]:
        """Offer another card, and another order."""
        return [Choice(self.words("deck-another")), Choice(self.words("deck-mix"))] if self._order else ()

    async def choose(self, index: int) -> Answer:
        """Turn to another card, or begin anew with whichever lies on top."""
        if index:
            random.SystemRandom().shuffle(self._order)
            self._place = 0
        else:
            self._place = (self._place + 1) % len(self._order)
        return AFRESH
