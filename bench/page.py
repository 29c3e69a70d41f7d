"""The page that benches hang, paint and type into, the same under every design."""

from __future__ import annotations

import os
import re
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Input, Static

SPIN, BACKTRACK, PAINT = b"\x1b[15~", b"\x1b[17~", b"\x1b[18~"
"""Keys (F5, F6, F7): spin in Python, backtrack in C with the interpreter's lock held, repaint 60 times a second."""

READY, STUCK = b"\x1b]777;ready\x07", b"\x1b]777;stuck\x07"
"""What the glass reads when the page is up, and when it has begun to do what a key asked."""


class BenchPage(Screen[None]):
    """A field to type into and an area to paint."""

    CSS = "Input { height: 3 } Static { height: 1fr }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "spin", priority=True),
        Binding("f6", "backtrack", priority=True),
        Binding("f7", "paint", priority=True),
    ]
    painted = 0

    def compose(self) -> ComposeResult:
        yield Input()
        yield Static("")

    def on_mount(self) -> None:
        """Begin with the field, its cursor still."""
        field = self.query_one(Input)
        field.cursor_blink = False
        field.focus()
        self.set_timer(0.03, lambda: os.write(1, READY))

    def action_spin(self) -> None:
        """Never come back to the event loop; other threads still get their turn."""
        os.write(1, STUCK)
        while True:
            pass

    def action_backtrack(self) -> None:
        """Never come back, and let no other thread run."""
        os.write(1, STUCK)
        re.match(r"(a|a)*$", "a" * 60 + "b")

    def action_paint(self) -> None:
        """Ask for a new picture 60 times a second."""
        self.set_interval(1 / 60, self._repaint)
        self.set_timer(0.2, lambda: os.write(1, STUCK))

    def _repaint(self) -> None:
        self.painted += 1
        area = self.query_one(Static)
        columns, rows = area.size
        picture = Text()
        for row in range(rows):
            for place in range(columns // 8):
                code = (self.painted * 7919 + row * 131 + place * 17) % 10_000_000
                picture.append(f"{code:07d} ", f"rgb({code % 256},{row * 4 % 256},{place * 9 % 256})")
            picture.append("\n")
        area.update(picture)
