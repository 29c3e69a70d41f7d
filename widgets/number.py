"""A number large enough to read from a chair."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from kiosk.terminal.text import say

SHAPES = {
    "0": ("####", "#  #", "#  #", "#  #", "####"),
    "1": ("  # ", " ## ", "  # ", "  # ", " ###"),
    "2": ("####", "   #", "####", "#   ", "####"),
    "3": ("####", "   #", " ###", "   #", "####"),
    "4": ("#  #", "#  #", "####", "   #", "   #"),
    "5": ("####", "#   ", "####", "   #", "####"),
    "6": ("####", "#   ", "####", "#  #", "####"),
    "7": ("####", "   #", "  # ", "  # ", "  # "),
    "8": ("####", "#  #", "####", "#  #", "####"),
    "9": ("####", "#  #", "####", "   #", "####"),
    " ": ("  ", "  ", "  ", "  ", "  "),
}
"""Digits in full blocks, the one block letter that every console font has."""


def large(number: str) -> str:
    """Draw digits and spaces in five rows. Raises `KeyError` on any other letter."""
    rows = ("  ".join(SHAPES[letter][row] for letter in number) for row in range(5))
    return "\n".join(rows).replace("#", "█")


class BigNumber(Vertical):
    """A number in large digits with the plain digits under it; plain alone where the page is narrow."""

    def __init__(self, number: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.number = number

    def compose(self) -> ComposeResult:
        """Draw it large, then plain, for screen readers and narrow terminals."""
        yield Static(say(large(self.number)), classes="large")
        yield Static(say(self.number), classes="plain")
