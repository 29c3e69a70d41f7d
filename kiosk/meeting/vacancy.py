"""A vacancy: what it is, what it asks, and who fits, by the codes of the merged list alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from kiosk.errors import Refused
from kiosk.meeting.states import PROJECT_TYPES
from schema.merged import MergedRow

CODE: Final = re.compile(r"[A-Z][A-Z0-9-]{1,11}")
MOST_PLACES: Final = 99
LARGEST: Final = 5
"""The largest size that the list tells: five or more."""
WORDS: Final = {
    "family": ("with_children", "1"),
    "adults": ("with_children", ""),
    "youth household": ("youth_household", "1"),
    "veteran": ("veteran", "1"),
    "disabling condition": ("disabling_condition", "1"),
    "chronic": ("chronic_status", "2"),
    "outside": ("sheltered", "n"),
    "indoors": ("sheltered", "y"),
}
"""What a vacancy may ask, beside a size, as people say it, with the list's column and code."""
_SIZE: Final = re.compile(r"size ([1-5])(?:-([1-5]))?")


class NoVacancy(Refused):
    """A vacancy that cannot be."""

    hint = (
        "A code such as V-01, a project type, 1 to 99 places, and what it asks, with commas between: size 3-4, "
        f"{', '.join(WORDS)}."
    )


class Fit(IntEnum):
    """Whether somebody fits."""

    NO = 0
    UNSAID = 1
    """Not known here, and most of whom that is said of do not: household and size are blank for many."""
    ASK = 2
    """Not known here, and nothing speaks against it."""
    YES = 3


@dataclass(frozen=True, slots=True)
class Vacancy:
    """Places of one kind in one project. Raises NoVacancy."""

    code: str
    project_type: int
    """HUD 2.02.6."""
    places: int
    asks: tuple[tuple[str, str], ...] = ()
    """Columns of the merged list with the code that each has to hold."""
    smallest: int = 1
    largest: int = LARGEST
    closed: bool = False

    def __post_init__(self) -> None:
        known = set(self.asks) <= set(WORDS.values()) and len(dict(self.asks)) == len(self.asks)
        if not (
            CODE.fullmatch(self.code)
            and self.project_type in PROJECT_TYPES
            and 1 <= self.places <= MOST_PLACES
            and 1 <= self.smallest <= self.largest <= LARGEST
            and known
        ):
            raise NoVacancy("That is no vacancy.")

    def fit(self, row: MergedRow) -> Fit:
        """Whether somebody's row fits; a blank cell is a question and never a no."""
        worst = self._size(row)
        for column, code in self.asks:
            value = getattr(row, column)
            if value == code:
                continue
            if value:
                return Fit.NO
            worst = min(worst, Fit.UNSAID if column == "with_children" else Fit.ASK)
        return worst

    def _size(self, row: MergedRow) -> Fit:
        if row.household_size_band:
            return Fit.YES if self.smallest <= int(row.household_size_band) <= self.largest else Fit.NO
        return Fit.YES if self.smallest == 1 else Fit.UNSAID

    @property
    def project(self) -> str:
        """The kind of project in words."""
        return PROJECT_TYPES[self.project_type]

    @property
    def words(self) -> str:
        """What it asks, as it is typed."""
        said = {code: word for word, code in WORDS.items()}
        parts = [said[each] for each in self.asks]
        if (self.smallest, self.largest) != (1, LARGEST):
            parts.append(
                f"size {self.smallest}" + (f"-{self.largest}" if self.largest > self.smallest else "")
            )  # fmt: skip
        return ", ".join(parts) or "anybody"


def asked(untrusted: str) -> tuple[tuple[tuple[str, str], ...], int, int]:
    """What somebody typed that a vacancy asks: `family, size 3-4`. Raises NoVacancy, naming the word."""
    asks: list[tuple[str, str]] = []
    smallest, largest = 1, LARGEST
    for part in untrusted.lower().split(","):
        word = " ".join(part.split())
        size = _SIZE.fullmatch(word)
        if size:
            smallest, largest = int(size[1]), int(size[2] or size[1])
        elif word in WORDS:
            asks.append(WORDS[word])
        elif word not in ("", "anybody"):
            raise NoVacancy("A word of what it asks is not known here.")
    return tuple(asks), smallest, largest
