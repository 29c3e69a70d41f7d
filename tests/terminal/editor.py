"""A model of the page of one part of the plan: which field has the focus, and what every field and tick holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from schema.pack import Section
from schema.plan import FIELD_LENGTH, OWN_LENGTH, OWN_LINES

LETTERS: Final = "abcdefghij"
KEYS: Final = (
    *(*LETTERS, "tab", "tab", "shift+tab", "enter", "backspace", "backspace", "delete"),
    *("left", "right", "home", "end", "up", "down", "ctrl+k", "ctrl+u", "space"),
)
"""What a case is made of."""


@dataclass
class Field:
    """One field of text. Its cursor stays where it was while the focus is elsewhere."""

    limit: int
    line: int | None = None
    """The line whose gap it is; `None` for a line of her own."""
    value: str = ""
    at: int = 0

    def _put(self, start: int, end: int, text: str) -> None:
        text = text[: max(0, self.limit - len(self.value) + end - start)]
        self.value = self.value[:start] + text + self.value[end:]
        self.at = start + len(text)

    def press(self, key: str) -> None:
        """Do what a field does on a key."""
        last = len(self.value)
        match key:
            case "left":
                self.at = max(0, self.at - 1)
            case "right":
                self.at = min(last, self.at + 1)
            case "home":
                self.at = 0
            case "end":
                self.at = last
            case "backspace":
                self._put(max(0, self.at - 1), self.at, "")
            case "delete":
                self._put(self.at, min(last, self.at + 1), "")
            case "ctrl+k":
                self._put(self.at, last, "")
            case "ctrl+u":
                self._put(0, self.at, "")
            case "space":
                self._put(self.at, self.at, " ")
            case _:
                self._put(self.at, self.at, key)


HINTS = ("F1", "F2", "F3", "F4", "F9", "F12")
"""The keys in the last line, each a stop of the focus."""


@dataclass
class Model:
    """The whole page.

    Places of the focus: ticks and gaps in their order, her own lines, the two buttons, the keys in the last line.
    """

    section: Section
    ring: list[Field | int | str] = field(init=False)
    ticks: list[bool] = field(init=False)
    focus: int = 0

    def __post_init__(self) -> None:
        self.ring = []
        for index, line in enumerate(self.section.lines):
            self.ring += [index, *(Field(FIELD_LENGTH, index) for _ in line.blanks)]
        self.ring += [*(Field(OWN_LENGTH) for _ in range(OWN_LINES)), "back", "go-on", *HINTS]
        self.ticks = [False] * len(self.section.lines)

    @property
    def fields(self) -> list[Field]:
        return [each for each in self.ring if isinstance(each, Field)]

    def would_leave(self, key: str) -> bool:
        """Whether a key presses a button, which would close the page."""
        return isinstance(self.ring[self.focus], str) and key in ("enter", "space")

    def _move(self, by: int) -> None:
        self.focus = (self.focus + by) % len(self.ring)

    def press(self, key: str) -> None:
        """Do what the page does on a key."""
        here = self.ring[self.focus]
        if key in ("tab", "down", "enter"):
            self._move(1)
        elif key in ("shift+tab", "up"):
            self._move(-1)
        elif isinstance(here, Field):
            before = here.value
            here.press(key)
            if here.value.strip() and here.value != before and here.line is not None:
                self.ticks[here.line] = True
        elif isinstance(here, int) and key == "space":
            self.ticks[here] = not self.ticks[here]
