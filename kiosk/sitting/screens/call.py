"""Calling a confidential advocate together (MO-24, MO-27, MO-30): numbers, who speaks, what came of it."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.widget import Widget

from kiosk.sitting.directory import to_call
from kiosk.sitting.screens.page import Page
from kiosk.sitting.visit import OUTCOMES, Visit
from kiosk.sitting.words import Words
from schema.summary import ReferralOutcome
from widgets.choices import Choice, ChoiceList


class Outcomes(ChoiceList):
    """What came of the offer to call together (MO-30)."""

    def __init__(self, visit: Visit, words: Words, *, id: str | None = None) -> None:
        given = visit.referral
        chosen = next((index for index, (_, outcome) in enumerate(OUTCOMES) if outcome is given), None)
        super().__init__([Choice(words(key)) for key, _ in OUTCOMES], chosen=chosen, id=id)
        self._visit = visit

    @on(ChoiceList.Chosen)
    def _noted(self, event: ChoiceList.Chosen) -> None:
        self._visit.referral = ReferralOutcome.NOT_OFFERED if event.index is None else OUTCOMES[event.index][1]


class Call(Page):
    """Who can be called from here, nearest first; the last resort is always there (MO-23)."""

    def body(self) -> Iterable[Widget]:
        """List who plans in confidence, and ask what came of it."""
        words = self.words
        yield self.title_text(words("call-title"))
        yield self.paragraph(words("call-body"))
        for number, details in to_call(self.visit, words, "hand-over"):
            yield self.paragraph(number, "number-line")
            yield self.paragraph(details, "detail")
        yield Outcomes(self.visit, words, id="first")
