"""Ordinary housing and community services, for when it is not private (MO-19). Nothing is asked and nothing noted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kiosk.sitting.directory import on_home
from kiosk.sitting.line.page import Answer, Choice, Page
from kiosk.sitting.line.pages.home import entry


class Neutral(Page):
    """Services, and the way back to the question about privacy."""

    private = False
    go_on_word = "private-now"

    def blocks(self) -> Iterable[str]:
        """List the services of the county."""
        yield self.words("home-title")
        yield self.words("neutral-body")
        yield ""
        yield from map(entry, on_home(self.visit, self.words))

    def choices(self) -> Sequence[Choice]:
        """Offer the list on paper, where there is a printer."""
        return [] if self.face.printing is None else [Choice(self.words("paper-list"))]

    async def choose(self, index: int) -> Answer:
        """Ask about paper."""
        return "open-paper"
