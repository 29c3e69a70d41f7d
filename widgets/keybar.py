"""The line of keys at the foot of a page; each can be clicked on as well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Static

from kiosk.terminal.text import say
from widgets.row import WrapRow


@dataclass(frozen=True, slots=True)
class Key:
    """A key that does something on this page."""

    key: str
    """As it stands on a keyboard: `F1`."""
    label: str
    """What it does, in the visitor's language."""
    action: str
    """The page's action that it runs."""


class KeyHint(Static, can_focus=True, inherit_bindings=False):
    """One key and what it does: a button, too, that Tab comes to."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "press", show=False)]

    def __init__(self, key: Key) -> None:
        super().__init__(say(f"{key.key} {key.label}"), classes="key")
        self.key = key

    def on_click(self, event: events.Click) -> None:
        """Tell the page that the key was asked for."""
        event.stop()
        self.action_press()

    def action_press(self) -> None:
        """Tell the page that the key was asked for."""
        self.post_message(KeyBar.Pressed(self.key.action))


class KeyBar(WrapRow):
    """The keys of a page."""

    @dataclass
    class Pressed(Message):
        """A key was clicked on."""

        action: str
        """The page's action that it stands for."""

    def __init__(self, keys: Sequence[Key]) -> None:
        super().__init__()
        self._keys = tuple(keys)

    def compose(self) -> ComposeResult:
        """Lay the keys out from left to right."""
        for key in self._keys:
            yield KeyHint(key)
