"""Asking for an interpreter (OR-14): what to say, each sentence in every language of the pack."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from kiosk.sitting.interpreting import said
from kiosk.sitting.screens.over import OverPage
from kiosk.terminal.text import say
from widgets.button import Button
from widgets.keybar import Key


class Interpreter(OverPage):
    """A page to show to staff, whatever she reads. Esc or Enter closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("i", "hide", show=False)]
    heading = "home-title"

    def body(self) -> Iterable[Widget]:
        """Say everything in all languages."""
        title, paragraphs = said(self._sitting.pack, self._words.language)
        yield Static(say(title), classes="question")
        for each in paragraphs:
            yield Static(say("\n".join(each)), classes="paragraph")

    def buttons(self) -> Iterable[Widget]:
        """Offer to close it."""
        yield Button(say(self._words("close")), id="go-on", classes="main", compact=True)

    def hints(self) -> Iterable[Key]:
        """Yield the two keys that mean something here."""
        yield Key("F4", self._words("key-back"), "back")
        yield Key("F12", self._words("key-clear"), "leave")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Let keys do nothing before the page is laid out: on a slow machine they may be here first."""
        return self.is_mounted

    def action_go_on(self) -> None:
        """Back to the services."""
        self.action_hide()

    def action_back(self) -> None:
        """Back to the services."""
        self.action_hide()
