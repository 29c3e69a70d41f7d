"""The pause line by line (MO-38): an empty glass with the word that ends it, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.sitting.line.commands import find
from kiosk.sitting.line.editor import LINE_LENGTH
from kiosk.sitting.line.typing_page import Typing
from kiosk.sitting.pages.page import AFRESH, Block, Doing


class Paused(Typing):
    """Only its word, or the key that began it, takes the page up again."""

    name = "paused"
    common = ("pause", "leave")
    limit = LINE_LENGTH
    has_foot = False

    def blocks(self) -> Iterable[Block]:
        """Say no more than how to go on."""
        yield Block(self.words("line-paused", word=self.words("line-go-on")))

    def go_on(self) -> Doing:
        """Enter alone is not the word."""
        return AFRESH

    def take(self, text: str) -> Doing:
        """Take the word; whatever else was typed is wiped off the glass."""
        return "next" if find(text, ("go-on",), self.words) else AFRESH
