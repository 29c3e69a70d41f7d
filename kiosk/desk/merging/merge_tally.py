"""The audit of a merge: every row of every list is on the merged list, or is counted here with the reason (MO-08)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from itertools import chain
from typing import Final


class Why(Enum):
    """Why a row is not on the merged list."""

    DELETED = "deleted, or a second row of one EnrollmentID"
    UNREADABLE = "without a person or a date of entry"
    NO_PROJECT = "in a project that the export does not have"
    NO_CLIENT = "of a person whom the export does not have"
    VICTIM_SERVICES = "under a victim service provider, or one not marked as none, which must not be in HMIS (MO-10)"
    NOT_BEGUN = "that begin after the list's day"
    EXITED = "exited"
    DECEASED = "of somebody who has died"
    PROJECT_TYPE = "in a project whose people do not wait for housing"
    PROJECT_CLOSED = "in a project that has closed"
    OTHER_COC = "of another continuum"
    MOVED_IN = "moved in"
    CHILDREN_LEFT = "of children whose head of household has left"
    NOT_HEAD = "not the head of the household"
    HOUSED_ELSEWHERE = "of somebody housed by another project, or who left for a home"
    OWN_HOME = "of somebody who sleeps in a home of her own"
    ASSESSED_OUT = "of somebody assessed and not placed on the list"
    NOT_ASSESSED = "of somebody not assessed within a year"
    NOT_LITERALLY_HOMELESS = "of somebody who is not literally homeless"
    INACTIVE = "of somebody without a sign for long"
    ANOTHER_ROW = "another enrollment of somebody who is on the list"
    BY_MAPPING = "left out by the mapping file"
    NO_ID = "without an id"
    TOTALS = "sums below the list"
    FAULTY = "that cannot be right"
    AGAIN = "of somebody who is on this list already"
    SAME_NUMBER = "the same row of the same number in another list"
    NOT_PLACED = "not placed on the prioritization list"
    NO_RELEASE = "without a release that is still good"


BY_REASON: Final = {
    "not_placed": Why.ASSESSED_OUT,
    **{name: Why[name.upper()] for name in (
        "deleted", "unreadable", "no_project", "no_client", "victim_services", "not_begun", "exited", "deceased",
        "project_type", "project_closed", "other_coc", "moved_in", "children_left", "not_head", "housed_elsewhere",
        "own_home", "not_assessed", "not_literally_homeless", "inactive",
    )},
}  # fmt: skip
"""The reasons of the list rules, as they are counted."""


@dataclass
class Tally:
    """What became of one list's rows."""

    source: str
    """The list, in words."""
    read: int = 0
    left_out: Counter[Why] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    """What whoever holds the list has to know about it, in sentences."""

    @property
    def kept(self) -> int:
        """Rows that are on the merged list."""
        return self.read - self.left_out.total()

    def lines(self) -> Iterator[str]:
        """The tally for a person."""
        yield f"{self.source}: {self.read} read, {self.kept} kept"
        yield from (f"  {self.left_out[why]} left out: {why.value}" for why in Why if self.left_out[why])
        for note in self.notes:
            yield f"  {note}"


@dataclass
class Audit:
    """The tallies of one run."""

    tallies: list[Tally] = field(default_factory=list)
    breaches: list[str] = field(default_factory=list)
    """What must not be, in sentences (MO-10)."""
    hidden: list[str] = field(default_factory=list)
    """What was made coarser so that the list hides its source, and the bound that holds, in sentences."""
    notes: list[str] = field(default_factory=list)
    """What the list was made by: its day, its rules."""
    carried: list[str] = field(default_factory=list)
    """Who is new, changed or gone since the last list, in sentences."""
    listed: int | None = None
    """Rows of the merged list; `None` until it stands."""

    def tally(self, source: str) -> Tally:
        """A new tally."""
        self.tallies.append(Tally(source))
        return self.tallies[-1]

    @property
    def balanced(self) -> bool:
        """Whether every row that was read is listed or accounted for."""
        return self.listed == sum(each.kept for each in self.tallies)

    def lines(self) -> Iterator[str]:
        """The audit for a person."""
        yield "Audit"
        yield from self.notes
        if self.listed is None:
            yield from (f"{each.source}: {each.read} read" for each in self.tallies)
            yield "No list was made."
        else:
            yield from chain.from_iterable(each.lines() for each in self.tallies)
            read = sum(each.read for each in self.tallies)
            yield f"Together: {read} read, {self.listed} on the merged list, {read - self.listed} left out."
            yield from self.hidden
            yield from self.carried
            yield "Whether one person is on two of the lists cannot be told without names, and is not looked for."
        yield from (f"Breach: {each}" for each in self.breaches)
