"""Small windows over a page: help, a short list, the pause, the idle warning."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from kiosk.sitting.words import Words
from kiosk.terminal.text import say
from widgets.choices import Choice, ChoiceList


class Help(ModalScreen[None], inherit_bindings=False):
    """Why a page is here, and what the keys do. Esc, Enter or F1 closes it."""

    BINDINGS = [
        Binding("escape,enter,f1,f4", "close", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
    ]

    def __init__(self, text: str, words: Words) -> None:
        super().__init__()
        self._text = text
        self._words = words

    def compose(self) -> ComposeResult:
        """Lay out the words."""
        with Vertical(classes="dialog"):
            with VerticalScroll(can_focus=False):
                yield Static(say(self._text), classes="paragraph")
                yield Static(say(self._words("keys-help")), classes="hint")
            yield Button(say(self._words("close")), id="close", compact=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Let keys do nothing before the window is laid out: on a slow machine they may be here first."""
        return self.is_mounted

    @on(Button.Pressed, "#close")
    def action_close(self) -> None:
        """Back to the page."""
        self.dismiss()

    def action_scroll(self, lines: int) -> None:
        """Scroll the words."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)


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


class IdleWarning(ModalScreen[None], inherit_bindings=False):
    """Say that the sitting ends soon. Any key, click or paste goes on, and does nothing else."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words

    def compose(self) -> ComposeResult:
        """Lay out the words."""
        with Vertical(classes="dialog"):
            yield Static(say(self._words("idle-title")), classes="question")
            yield Static(say(self._words("idle-body")), classes="paragraph")

    def on_key(self, event: events.Key) -> None:
        """Somebody is here."""
        event.stop()
        self.dismiss()

    def on_click(self) -> None:
        """Somebody is here."""
        self.dismiss()

    def on_paste(self, event: events.Paste) -> None:
        """Somebody is here; what was pasted goes nowhere."""
        event.stop()
        self.dismiss()
