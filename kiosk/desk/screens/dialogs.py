"""Small windows over a page of the desk: help, and the word before it locks by itself."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from kiosk.terminal.text import say

KEYS = (
    "Tab and Shift+Tab move, Enter chooses, F4 goes back, Esc closes a window. F12, or Esc three times, locks at once: "
    "the program that holds the list ends, and the passphrase is asked again."
)
"""What the keys do, on every page."""


class Help(ModalScreen[None], inherit_bindings=False):
    """What a page is for, and what the keys do. Esc, Enter, F1 or F4 closes it."""

    BINDINGS = [
        Binding("escape,enter,f1,f4", "close", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
    ]

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        """Lay out the words."""
        with Vertical(classes="dialog"):
            with VerticalScroll(can_focus=False):
                yield Static(say(self._text), classes="paragraph")
                yield Static(say(KEYS), classes="hint")
            yield Button(say("Close"), id="close", classes="main", compact=True)

    @on(Button.Pressed, "#close")
    def action_close(self) -> None:
        """Back to the page."""
        self.dismiss()

    def action_scroll(self, lines: int) -> None:
        """Scroll the words."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)


class IdleWarning(ModalScreen[None], inherit_bindings=False):
    """Say that the desk locks soon. Any key, click or paste goes on, and does nothing else."""

    def compose(self) -> ComposeResult:
        """Lay out the words."""
        with Vertical(classes="dialog"):
            yield Static(say("Still there?"), classes="question")
            yield Static(
                say("Nobody has touched a key for long. The desk locks in half a minute."), classes="paragraph"
            )
            yield Static(say("Press any key to stay."), classes="hint")

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
