"""The last page: what stays true (MO-17), and out. Enter ends the sitting."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.sitting.line.page import Answer, Left, Page


class Closing(Page):
    """Say the key messages once more, whether anything was kept, and end."""

    go_on_word = "finish"

    def blocks(self) -> Iterable[str]:
        """Say what was kept, and what to take along."""
        page = self.face.page_of("closing")
        yield self.words.of(page.title)
        yield self.words(self.face.keeper.outcome())
        yield from map(self.words.of, page.body)

    async def go_on(self) -> Answer:
        """End the sitting."""
        raise Left
