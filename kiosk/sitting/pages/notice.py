"""A page of words: the notice that fits the role beside her (MO-28, MO-31, OR-15), the framing (MO-20)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kiosk.sitting.pages.elements import Block
from kiosk.sitting.pages.page import Act, Open, Page, Reply, nothing_more

if TYPE_CHECKING:
    from kiosk.sitting.sitting import Sitting


class WordsPage(Page):
    """A title and short paragraphs, read and gone on from."""

    name = "notice"
    go_on_word = "i-have-read"

    def __init__(self, sitting: Sitting, page_id: str) -> None:
        super().__init__(sitting)
        self.page_id = page_id

    def why(self) -> str:
        """Say why she is told this before she answers."""
        if self.page_id != "framing":
            return super().why()
        return " ".join((self.words("why-framing"), self.words("why-default")))

    def blocks(self) -> Iterable[Block]:
        """Say the page's words."""
        return self.pack_page(self.page_id)

    def acts(self) -> Iterable[Act]:
        """Let her choose how a pause ends: behind the gate, before the first question."""
        if self.page_id == "framing":
            yield Act("gesture", self.gesture, "gesture-button", numbered=True)

    def gesture(self) -> Reply:
        """Ask for it."""
        from kiosk.sitting.pages.gesture import GesturePage

        return Open(GesturePage(self.sitting), nothing_more)
