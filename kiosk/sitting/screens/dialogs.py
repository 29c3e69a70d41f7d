"""Small windows over a page: a short list, the pause."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from kiosk.sitting.words import Words
from kiosk.terminal.text import say
from widgets.button import Button
from widgets.choices import Choice, ChoiceList


class PickOne(ModalScreen[int | None], inherit_bindings=False):
    """A short list of which one is picked: a language, a word. Answers with its place, or `None` when it was closed."""

    BINDINGS = [
        Binding("escape,f3,f4", "close", show=False),
        Binding("enter", "take", show=False),
    ]

    def __init__(self, title: str, labels: Sequence[str], chosen: int, words: Words) -> None:
        super().__init__()
        self._title = title
        self._labels = tuple(labels)
        self._chosen = chosen
        self._words = words

    def compose(self) -> ComposeResult:
        """Lay the list out; the one that holds now is chosen."""
        with Vertical(classes="dialog"):
            yield Static(say(self._title), classes="question")
            yield ChoiceList([Choice(label) for label in self._labels], chosen=self._chosen)
            yield Button(say(self._words("go-on")), id="take", classes="main", compact=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Let keys do nothing before the window is laid out: on a slow machine they may be here first."""
        return self.is_mounted

    @on(Button.Pressed, "#take")
    def action_take(self) -> None:
        """Take the chosen one."""
        self.dismiss(self.query_one(ChoiceList).chosen)

    def action_close(self) -> None:
        """Leave it as it was."""
        self.dismiss(None)


class Paused(ModalScreen[None], inherit_bindings=False):
    """A blank page (MO-38). Only F9 takes up where it was left."""

    BINDINGS = [Binding("f9", "resume", show=False)]

    def __init__(self, words: Words) -> None:
        super().__init__(classes="blank")
        self._words = words

    def compose(self) -> ComposeResult:
        """Say no more than how to go on."""
        yield Static(say(self._words("paused")), id="paused")

    def action_resume(self) -> None:
        """Show the page again."""
        self.dismiss()
