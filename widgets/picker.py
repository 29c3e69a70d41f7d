"""One of a few values on a single line, changed by the left and right arrow or the mouse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static

from kiosk.terminal.text import say


class Picker(Static, can_focus=True, inherit_bindings=False):
    """A label and the value chosen, between two arrows: `Month  < any >`."""

    BINDINGS = [
        Binding("left", "turn(-1)", show=False),
        Binding("right,space", "turn(1)", show=False),
        Binding("home", "to(0)", show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]
    DEFAULT_CSS = "Picker { height: 1; } Picker:focus { text-style: bold reverse; }"

    index: reactive[int] = reactive(0)
    """Which value is chosen, from 0."""

    @dataclass
    class Changed(Message):
        """Another value was chosen."""

        picker: Picker
        index: int

    def __init__(self, label: str, values: Sequence[str], *, index: int = 0, id: str | None = None) -> None:
        super().__init__(id=id)
        self._label = label
        self._values = tuple(values)
        self.set_reactive(Picker.index, index)

    def render(self) -> Content:
        """Draw label and value."""
        return say(f"{self._label:<12} < {self._values[self.index]} >")

    def watch_index(self, before: int, index: int) -> None:
        """Tell."""
        if before != index:
            self.post_message(self.Changed(self, index))

    def action_turn(self, by: int) -> None:
        """Choose the next or former value, around the end."""
        self.index = (self.index + by) % len(self._values)

    def action_to(self, index: int) -> None:
        """Choose a value by its place."""
        self.index = index

    def on_click(self, event: events.Click) -> None:
        """Choose the next value; the former one left of the words."""
        event.stop()
        self.focus()
        self.action_turn(-1 if event.x < 14 else 1)
