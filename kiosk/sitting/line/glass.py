"""What is written to the terminal: cleared after every page, one piece at a time, every word cleaned."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from kiosk.sitting.line.layout import wrapped
from kiosk.terminal.text import clean
from kiosk.terminal.text_width import width

CLEAR: Final = "\x1b[0m\x1b[?7h\x1b[?25h\x1b[2J\x1b[3J\x1b[H"
"""Wrapping and the cursor on, screen and history empty. No other mode is ever set."""

PROMPT: Final = "> "
"""Stands where she types."""


class Glass:
    """Writes lines, and knows what it wrote since the glass was last cleared; never what was typed."""

    def __init__(self, write: Callable[[str], None], size: Callable[[], tuple[int, int]]) -> None:
        self._write = write
        self._size = size
        self.columns, self.rows = size()
        self._shown: list[str] = []
        self._prompted = False

    def measure(self) -> bool:
        """Ask the terminal for its size; say whether that changed."""
        before = self.columns, self.rows
        self.columns, self.rows = self._size()
        return before != (self.columns, self.rows)

    def changed(self) -> bool:
        """Say whether the terminal has another size than it was measured."""
        return (self.columns, self.rows) != self._size()

    def rows_of(self, lines: Sequence[str]) -> int:
        """Return how many rows these lines take."""
        return sum(len(wrapped(line, self._width)) for line in lines)

    def clear(self) -> None:
        """Empty the glass and its history."""
        self._shown = []
        self._prompted = False
        self._write(CLEAR)

    def say(self, lines: Sequence[str]) -> None:
        """Write lines below what is there; a line that is being typed stays above, as it is."""
        cleaned = [clean(line) for line in lines]
        self._shown += cleaned
        self._write(("\r\n" if self._prompted else "") + self._rows(cleaned))
        self._prompted = False

    def prompt(self) -> int:
        """Write where to type. Returns the column that typing begins in."""
        self._write(f"\r\n{PROMPT}" if self._prompted else PROMPT)
        self._prompted = True
        return width(PROMPT)

    def entered(self) -> None:
        """Go to the next row after Enter."""
        self._prompted = False
        self._write("\r\n")

    def echo(self, written: str) -> None:
        """Write what an editor says."""
        if written:
            self._write(written)

    def again(self) -> None:
        """Write the same page once more on an empty glass; what was typed is not part of it."""
        self._prompted = False
        self._write(CLEAR + self._rows(self._shown))

    def cover(self, lines: Sequence[str]) -> None:
        """Write lines on an empty glass in place of the page, which `again` brings back."""
        self._write(CLEAR + self._rows([clean(line) for line in lines]))

    @property
    def _width(self) -> int:
        return max(self.columns - 1, 1)

    def _rows(self, lines: Sequence[str]) -> str:
        return "".join(f"{row}\r\n" for line in lines for row in wrapped(line, self._width))
