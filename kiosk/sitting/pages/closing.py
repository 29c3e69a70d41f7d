"""The last page: what stays true (MO-17), and out. Going on ends the sitting."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.sitting.pages.elements import LEAVE, Block
from kiosk.sitting.pages.page import Act, Page, Reply
from kiosk.sitting.steps import NOTICE


class Closing(Page):
    """Say the key messages once more, whether anything was kept, and end."""

    name = "closing"
    go_on_word = "finish"

    def blocks(self) -> Iterable[Block]:
        """Say what was kept, and what to take along."""
        title, *paragraphs = self.pack_page("closing")
        yield title
        yield Block(self.words(self.sitting.keeper.outcome()))
        yield from paragraphs

    def acts(self) -> Iterable[Act]:
        """Offer the housing questions to whoever came for something else."""
        if not self.visit.kept and NOTICE not in self.sitting.flow.trail:
            yield Act("questions", lambda: "questions", "closing-questions", numbered=True)

    def go_on(self) -> Reply:
        """End the sitting."""
        return LEAVE
