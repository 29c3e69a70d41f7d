"""How to leave in a hurry and what that does not protect from (P12), with a try before anything is asked."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from kiosk.sitting.screens.page import Page
from kiosk.terminal.text import say
from widgets.button import Button


class Leaving(Page):
    """The page before the first question."""

    private = False

    def body(self) -> Iterable[Widget]:
        """Say how to leave, and what leaving cannot do."""
        page = self.app.page("leaving")
        yield self.title_text(self.words.of(page.title))
        for paragraph in page.body:
            yield self.paragraph(self.words.of(paragraph))
        if self.app.settings.panic_key:
            yield self.paragraph(self.words("one-more-key", name=self.app.settings.panic_key.upper()))

    def buttons(self) -> Iterable[Widget]:
        """Offer to try it now: nothing was said yet, so nothing is lost."""
        yield Button(say(self.words("back")), id="back", compact=True)
        yield Button(say(self.words("try-leaving")), id="try", compact=True)
        yield Button(say(self.words("go-on")), id="go-on", classes="main", compact=True)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Leave, as a try."""
        if event.button.id == "try":
            self.action_leave()
