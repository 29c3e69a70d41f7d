"""Reading a page aloud: asking for headphones first, and what of a page is read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from kiosk.speech.message import place_of
from kiosk.speech.texts import service
from kiosk.terminal.text import say
from widgets.button import Button
from widgets.choices import Choice, ChoiceList, ChoiceRow
from widgets.planline import Tick
from widgets.resources import ServiceList

if TYPE_CHECKING:
    from kiosk.sitting.aloud import Aloud, Line
    from kiosk.sitting.reading_app import ReadingApp
    from kiosk.sitting.screens.page import Page
    from kiosk.sitting.words import Words


class Headphones(ModalScreen[bool], inherit_bindings=False):
    """Ask whether headphones are in. Nothing chosen is no."""

    BINDINGS = [Binding("escape,f4", "close", show=False), Binding("enter", "take", show=False)]

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        words = self._words
        with Vertical(classes="dialog"):
            yield Static(say(words("aloud-title")), classes="question")
            yield Static(say(words("aloud-body")), classes="paragraph")
            yield ChoiceList([Choice(words("aloud-yes")), Choice(words("aloud-no"))])
            yield Button(say(words("go-on")), id="take", classes="main", compact=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Let keys do nothing before the window is laid out: on a slow machine they may be here first."""
        return self.is_mounted

    @on(Button.Pressed, "#take")
    def action_take(self) -> None:
        """Take the answer."""
        self.dismiss(self.query_one(ChoiceList).chosen == 0)

    def action_close(self) -> None:
        """Leave the voice off."""
        self.dismiss(False)


def ask(app: ReadingApp, aloud: Aloud, page: Page) -> None:
    """Read a page; ask for headphones first where nobody has yet."""

    def answered(yes: bool | None) -> None:
        if yes:
            aloud.confirm()
            app.read_aloud(page)

    if aloud.on:
        app.read_aloud(page)
    else:
        app.push_screen(Headphones(app.words), answered)


def lines_of(page: Page) -> Iterator[Line]:
    """Yield what a page says, in its order: texts, choices with their numbers, services. Fields are passed over."""
    for widget in page.query("#body *"):
        if isinstance(widget, ServiceList):
            yield from ((0, service(each.label, each.phone, each.does)) for each in widget.services)
        elif isinstance(widget, Tick):
            yield 0, widget.text
        elif isinstance(widget, ChoiceRow):
            yield place_of(widget.key), widget.choice.label
            yield 0, widget.choice.help
        elif isinstance(widget, Static) and widget.display and not isinstance(widget.parent, ChoiceRow):
            yield 0, str(widget.content)
