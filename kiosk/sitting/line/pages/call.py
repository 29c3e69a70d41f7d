"""Calling a confidential advocate together (MO-24, MO-27, MO-30): numbers, who speaks, what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kiosk.sitting.directory import to_call
from kiosk.sitting.line.page import Answer, Choice, Page
from kiosk.sitting.visit import OUTCOMES


class Call(Page):
    """Who can be called from here, nearest first; the last resort is always there (MO-23)."""

    def blocks(self) -> Iterable[str]:
        """List who plans in confidence."""
        words = self.words
        yield words("call-title")
        yield words("call-body")
        for number, details in to_call(self.visit, words, "hand-over"):
            yield ""
            yield number
            yield details

    def choices(self) -> Sequence[Choice]:
        """Ask what came of it."""
        return [Choice(self.words(key), chosen=self.visit.referral is outcome) for key, outcome in OUTCOMES]

    async def choose(self, index: int) -> Answer:
        """Note it by its code."""
        self.visit.referral = OUTCOMES[index][1]
        return "next"
