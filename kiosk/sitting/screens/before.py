"""A visitor who was here before: she asks to take back what she kept, by number and words; answered alike for all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import on
from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Input, Static

from kiosk.sitting.asking import NUMBER_LENGTH, WORDS_LENGTH, number_in, slip
from kiosk.sitting.keeping import Result
from kiosk.sitting.screens.page import Page
from kiosk.terminal.text import say
from widgets.button import Button
from widgets.keybar import Key

if TYPE_CHECKING:
    from kiosk.sitting.app import SittingApp

FIELDS = {"before-number": (NUMBER_LENGTH, "___ ___ __"), "before-words": (WORDS_LENGTH, "_____ _____ _____")}
"""The fields by the keys of their labels: the letters that each takes, and what stands in it while it is empty."""


class Before(Page):
    """Number and words go out sealed like any record. Nobody here can look a number up, so none is known or unknown."""

    BINDINGS = [
        Binding("f10", "ask", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]
    private = False
    FIRST = "#before-number"
    go_on_word = "before-skip"

    def __init__(self, sitting: SittingApp) -> None:
        super().__init__(sitting)
        self.passing = False

    def body(self) -> Iterable[Widget]:
        """Say what can be asked, and give room for number and words."""
        words = self.words
        yield self.title_text(words("before-title"))
        yield self.paragraph(words("before-body"))
        yield Static(id="problem")
        for key, (longest, empty) in FIELDS.items():
            yield self.paragraph(words(key), "section")
            yield Input(
                id=key, classes="own", placeholder=empty, max_length=longest, compact=True, select_on_focus=False
            )
        yield self.paragraph(words("before-same"), "hint")

    def buttons(self) -> Iterable[Widget]:
        """Offer both ways with the same weight."""
        yield Button(say(self.words("back")), id="back", compact=True)
        yield Button(say(self.words("before-skip")), id="go-on", classes="main", compact=True)
        yield Button(say(self.words("before-ask")), id="ask", classes="main", compact=True)

    def hints(self) -> Iterable[Key]:
        """Add the key that asks."""
        yield Key("F10", self.words("key-ask"), "ask")
        yield from super().hints()

    def shown(self) -> None:
        """Have a number put aside for the request: it is kept as a record of its own."""
        super().shown()
        self.query_one("#problem").display = False
        self.run_worker(self.app.keeper.put_aside(), group="number")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        """Enter goes from field to field, and then to the button that asks."""
        self.query_one("#before-words" if event.input.id == "before-number" else "#ask").focus()

    @on(Button.Pressed, "#ask")
    def _pressed_ask(self) -> None:
        self.action_ask()

    def action_ask(self) -> None:
        """Pass the request on, once it could be one; whether the number is known plays no part in it."""
        if self.passing:
            return
        number = number_in(self._typed("before-number"), practice=self.app.settings.practice)
        phrase = self._typed("before-words")
        wrong = slip(number, phrase)
        if wrong or number is None:
            self._tell(wrong or "")
        else:
            self.passing = True
            self._tell("before-passing")
            self.run_worker(self._ask(number, phrase), group="ask")

    async def _ask(self, number: int, phrase: str) -> None:
        result = await self.app.keeper.ask(number, phrase)
        self.passing = False
        if result is Result.KEPT:
            self.leave_with("nothing")
        else:
            self._tell("before-failed")

    def _typed(self, field: str) -> str:
        return self.query_one(f"#{field}", Input).value

    def _tell(self, word: str) -> None:
        problem = self.query_one("#problem", Static)
        problem.update(say(self.words(word)))
        problem.display = True

    def action_go_on(self) -> None:
        """Go on to a new visit, unless a request is on its way."""
        if not self.passing:
            super().action_go_on()

    def action_back(self) -> None:
        """Go back, unless a request is on its way."""
        if not self.passing:
            super().action_back()

    def action_language(self) -> None:
        """Another language, unless a request is on its way."""
        if not self.passing:
            super().action_language()
