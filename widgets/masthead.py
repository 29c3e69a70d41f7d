"""The first line of a page: what it is, and the way out."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Static

from kiosk.terminal.text import say


class LeaveButton(Static):
    """Leaves at once. It never takes the focus, so that Enter cannot press it by mistake."""

    @dataclass
    class Pressed(Message):
        """The visitor wants to be gone now."""

    def on_click(self, event: events.Click) -> None:
        """Tell whoever ends the sitting."""
        event.stop()
        self.post_message(self.Pressed())


class Masthead(Horizontal):
    """A quiet title on the left, the way out on the right, where there is something to leave."""

    def __init__(self, title: str, leave: str) -> None:
        super().__init__()
        self._title = title
        self._leave = leave

    def compose(self) -> ComposeResult:
        """Lay out both ends of the line."""
        yield Static(say(self._title), id="title")
        if self._leave:
            yield LeaveButton(say(self._leave), id="leave")
