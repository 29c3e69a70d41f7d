"""A page of words: the notice that fits the role beside her (MO-28, MO-31, OR-15), the framing (MO-20)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kiosk.sitting.line.page import Page

if TYPE_CHECKING:
    from kiosk.sitting.line.face import LineFace


class WordsPage(Page):
    """A title and short paragraphs, read and gone on from."""

    go_on_word = "i-have-read"

    def __init__(self, face: LineFace, page_id: str) -> None:
        super().__init__(face)
        self._words_of = face.page_of(page_id)

    def blocks(self) -> Iterable[str]:
        """Say the page's words."""
        yield self.words.of(self._words_of.title)
        yield from map(self.words.of, self._words_of.body)
