"""A page of words: the notice that fits the role beside her (MO-28, MO-31, OR-15), the framing (MO-20)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.widget import Widget

from kiosk.sitting.screens.page import Page

if TYPE_CHECKING:
    from kiosk.sitting.app import SittingApp


class WordsPage(Page):
    """A title and short paragraphs, read and gone on from."""

    go_on_word = "i-have-read"

    def __init__(self, sitting: SittingApp, page_id: str) -> None:
        super().__init__(sitting)
        self.page = sitting.page(page_id)

    def body(self) -> Iterable[Widget]:
        """Show the page's words."""
        yield self.title_text(self.words.of(self.page.title))
        for paragraph in self.page.body:
            yield self.paragraph(self.words.of(paragraph))
