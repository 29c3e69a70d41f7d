"""The small window that F1 opens over a set-up page."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from kiosk.terminal.text import say

KEYS = (
    "Enter goes on. Tab and Shift+Tab move between fields, arrows and digits choose. F4 goes back. "
    "F12, or Esc three times, leaves set-up at once: nothing has been made then."
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
