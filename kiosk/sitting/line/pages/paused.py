"""The pause (MO-38): an empty glass with the word that ends it, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kiosk.sitting.line.commands import spoken
from kiosk.sitting.line.page import AFRESH, Answer, Command, Page


class Paused(Page):
    """Only its word, or the key that began it, takes the page up again."""

    has_foot = False
    is_field = True

    def blocks(self) -> Iterable[str]:
        """Say no more than how to go on."""
        yield self.words("line-paused", word=spoken("go-on", self.words))

    def commands(self) -> Mapping[str, Command]:
        """To go on, and to leave."""
        return {"go-on": self.resume, "pause": self.again, "leave": self.leave}

    async def resume(self) -> Answer:
        """Take the page up again."""
        return "next"

    async def go_on(self) -> Answer:
        """Enter alone is not the word."""
        return AFRESH

    async def again(self) -> Answer:
        """F9 began the pause and ends it."""
        return "next"

    async def take(self, text: str) -> Answer:
        """Whatever else was typed is wiped off the glass."""
        return AFRESH
