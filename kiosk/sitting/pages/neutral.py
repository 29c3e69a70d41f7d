"""Ordinary housing and community services, for when it is not private (MO-19). Nothing is asked and nothing noted."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.sitting.directory import on_home
from kiosk.sitting.pages.home import entry
from kiosk.sitting.pages.page import Act, Block, Kind, Page
from schema.services import Service


class Neutral(Page):
    """Services, and the way back to the question about privacy."""

    name = "neutral"
    private = False
    heading = "home-title"
    go_on_word = "private-now"

    def services(self) -> list[Service]:
        """Return the services of the county."""
        return on_home(self.visit, self.words)

    def blocks(self) -> Iterable[Block]:
        """List the services of the county."""
        yield Block("", Kind.TITLE, line=self.words("home-title"))
        yield Block(self.words("neutral-body"))
        yield from map(entry, self.services())

    def acts(self) -> Iterable[Act]:
        """Offer the list on paper, where there is a printer."""
        if self.sitting.printing is not None:
            yield Act("paper", lambda: "open-paper", "paper-list", numbered=True)
