"""The record of changes, for monitors: who by code, what, when, about which number or vacancy. It names nobody."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from kiosk.meeting.states import State
from kiosk.meeting.vacancy import Vacancy

WHO: Final = re.compile(r"[A-Z][A-Z0-9-]{0,11}")
"""A member of staff, by a code that the region gives out."""


class What(Enum):
    """What was done."""

    REFERRED = "referred"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    HOUSED = "housed"
    INACTIVE = "inactive"
    HEARD = "heard of"
    PASSED = "passed over"
    NOTED = "noted"
    NOTE_GONE = "note taken away"
    MADE = "vacancy entered"
    CHANGED = "vacancy changed"
    CLOSED = "vacancy closed"


@dataclass(frozen=True, slots=True)
class Person:
    """How somebody stands in the meeting."""

    state: State
    word: int
    """The month of the last word, as `month_number` counts."""
    notes: tuple[str, ...] = ()
    vacancy: str = ""
    """Where somebody was referred to, or has an offer of."""
    answer_by: str = ""
    """The day to answer by, `YYYY-MM-DD`, of somebody who has an offer."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was done."""

    step: int
    """Changes of one step were one act, and are taken back together."""
    who: str
    day: str
    what: What
    number: str = ""
    vacancy: str = ""
    codes: tuple[str, ...] = ()
    undone: bool = False
    before: Person | Vacancy | None = None
    """What stood there before; kept until the meeting is over, to take it back."""

    @property
    def words(self) -> str:
        """The change without who and when."""
        coded = f" ({', '.join(self.codes)})" if self.codes else ""
        about = " ".join(each for each in (self.number, self.what.value, self.vacancy) if each)
        return about + coded + (", taken back" if self.undone else "")
