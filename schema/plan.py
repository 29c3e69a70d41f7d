"""A safety plan as it grows on the screen: ticks and fill-ins, in memory only, never part of any record."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Final

FIELD_LENGTH: Final = 60
"""Letters that a gap in a line holds."""

OWN_LENGTH: Final = 120
"""Letters that a line of her own holds."""

OWN_LINES: Final = 3
"""Lines of her own that a part has room for."""


class LineState(Enum):
    """What became of a line, by the end of the key of the word that says so (SL-01)."""

    OPEN = "open"
    WANTED = "want"
    """She wants it in her plan."""
    TALKED = "talked"
    """It was talked about, and nothing was decided."""
    NOT_FOR_ME = "not-for-me"


@dataclass(slots=True)
class PlanLine:
    """What the visitor made of one line of the pack."""

    state: LineState = LineState.OPEN
    blanks: dict[str, str] = field(default_factory=dict, repr=False)
    """What she filled in, by the blank's name. Private: it does not print."""

    @property
    def ticked(self) -> bool:
        """Whether she wants this line in her plan."""
        return self.state is LineState.WANTED

    @ticked.setter
    def ticked(self, on: bool) -> None:
        self.state = LineState.WANTED if on else LineState.OPEN


@dataclass(slots=True)
class Plan:
    """The whole plan, by line id, with the lines she added to each section in her own words."""

    lines: dict[str, PlanLine] = field(default_factory=dict, repr=False)
    own: dict[str, list[str]] = field(default_factory=dict, repr=False)
    helpers: set[str] = field(default_factory=set, repr=False)
    """Kinds of people who help with it, by the pack's codes; no name (SC-08)."""

    def line(self, line_id: str) -> PlanLine:
        """Return what is known of a line, making an empty one at its first mention."""
        return self.lines.setdefault(line_id, PlanLine())

    @property
    def begun(self) -> bool:
        """Whether anything was marked, filled in or added."""
        made = any(line.state is not LineState.OPEN or any(line.blanks.values()) for line in self.lines.values())
        return made or bool(self.helpers) or any(words for lines in self.own.values() for words in lines)
