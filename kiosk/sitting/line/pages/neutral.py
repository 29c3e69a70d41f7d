"""Ordinary housing and community services, for when it is not private (MO-19). Nothing is asked and nothing noted."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.sitting.directory import on_home
from kiosk.sitting.line.page import Page
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
