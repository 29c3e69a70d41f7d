"""Something to read in between: why a page is here, the words that can be typed. Enter goes back to the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from kiosk.sitting.line.page import Command, Page

if TYPE_CHECKING:
    from kiosk.sitting.line.face import LineFace


class Told(Page):
    """A few paragraphs."""

    go_on_word = "close"

    def __init__(self, face: LineFace, texts: Sequence[str]) -> None:
        super().__init__(face)
        self._texts = tuple(texts)

    def blocks(self) -> Iterable[str]:
        """Say them."""
        return self._texts

    def commands(self) -> Mapping[str, Command]:
        """Only what closes it, or more."""
        return {"go-on": self.go_on, "back": self.back, "pause": self.face.pause, "leave": self.leave}
