"""The window that F1 opens over a page: why it is here, and what the keys do."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from kiosk.terminal.text import say
from widgets.button import Button


class Help(ModalScreen[None], inherit_bindings=False):
    """The page's `text`, then its program's `keys`, then a button called `close`. Esc, Enter, F1 or F4 closes it."""

    BINDINGS = [
        Binding("escape,enter,f1,f4", "close", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
    ]

    def __init__(self, text: str, keys: str, close: str) -> None:
        super().__init__()
        self._text = text
        self._keys = keys
        self._close = close

    def compose(self) -> ComposeResult:
        """Lay out the words."""
        with Vertical(classes="dialog"):
            with VerticalScroll(can_focus=False):
                yield Static(say(self._text), classes="paragraph")
                yield Static(say(self._keys), classes="hint")
            yield Button(say(self._close), id="close", classes="main", compact=True)

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
