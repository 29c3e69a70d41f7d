"""The last page: what stays true (MO-17), and out. Enter ends the sitting."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from kiosk.sitting.screens.page import Page


class Closing(Page):
    """Say the key messages once more, whether anything was kept, and end."""

    go_on_word = "finish"

    def body(self) -> Iterable[Widget]:
        """Show what was kept, and what to take along."""
        words, page = self.words, self.app.page("closing")
        yield self.title_text(words.of(page.title))
        yield self.paragraph(words(self.app.keeper.outcome()))
        for paragraph in page.body:
            yield self.paragraph(words.of(paragraph))

    def action_go_on(self) -> None:
        """End the sitting."""
        self.action_leave()
