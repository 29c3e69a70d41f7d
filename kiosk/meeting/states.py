"""What can be said of somebody on the list, and what kinds of project a vacancy is in."""

from __future__ import annotations

from enum import IntEnum
from typing import Final


class State(IntEnum):
    """Where somebody stands between waiting and a home."""

    WAITING = 0
    REFERRED = 1
    OFFERED = 2
    ACCEPTED = 3
    DECLINED = 4
    HOUSED = 5
    INACTIVE = 6

    @property
    def word(self) -> str:
        """As it is shown and written."""
        return self.name.lower()


BY_WORD: Final = {each.word: each for each in State}
HELD: Final = (State.REFERRED, State.OFFERED, State.ACCEPTED, State.HOUSED)
"""States in which somebody takes one of a vacancy's places."""
PROJECT_TYPES: Final = {
    2: "transitional",
    3: "permanent supportive",
    8: "safe haven",
    9: "housing only",
    10: "housing with services",
    13: "rapid re-housing",
}
"""HUD 2.02.6 (HMIS CSV FY 2026, list 2.02.6): those that a place can be offered in."""
OUTCOMES: Final = {
    "reached": None,
    "not-reached": None,
    "accepted": State.ACCEPTED,
    "declined": State.DECLINED,
    "housed": State.HOUSED,
    "no-longer-needed": State.INACTIVE,
}
"""What an agency's `status` makes of somebody; `None` changes the month of the last word alone."""
