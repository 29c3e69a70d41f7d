"""The window that asks whether anybody is still there, before a program ends by itself."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from kiosk.terminal.text import say


class StillThere(ModalScreen[None], inherit_bindings=False):
    """Say under `title` what ends soon, and what to do. Any key, click or paste goes on, and does nothing else."""

    def __init__(self, title: str, body: str) -> None:
        super().__init__()
        self._title = title
        self._body = body

    def compose(self) -> ComposeResult:
        """Lay out the words."""
        with Vertical(classes="dialog"):
            yield Static(say(self._title), classes="question")
            yield Static(say(self._body), classes="paragraph")

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
