"""The heads of household of an HMIS export, as columns: a million of them need little more than their ids."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, MutableSequence
from functools import lru_cache
from typing import Final

from kiosk.desk.merging.need import SHOWN, Needs, Standing
from schema.answers import ChildrenBand, HouseholdSize, HouseholdType

CHILD: Final = 1 << 16
"""What a head's child adds to a household's members; anybody else adds 1."""


class People:
    """Everybody who may be on the merged list; the place in each column is that of the id in `place`."""

    def __init__(self, needs: Needs) -> None:
        self.needs = needs
        self.place: dict[str, int] = {}
        """PersonalID to place."""
        self.bits: MutableSequence[int] = [] if needs.wide else array("Q")
        """What each one says (`kiosk.desk.merging.need`)."""
        self.entered: MutableSequence[int] = array("i")
        """The day of the enrollment that counts."""
        self.homes: MutableSequence[int] = array("q")
        """The hash of the HouseholdID, 0 where there is none. The ids themselves would take ten times the memory; that
        two of a million households share a hash has odds of one in thirty million, and costs a household's size."""
        self.members: dict[int, int] = {}
        """The hash of a HouseholdID to its members beside the head, its children counted in steps of `CHILD`."""
        self.scores: MutableSequence[int] = array("i")
        """The assessed score, or `NO_SCORE`; whoever joins the persons brings them."""
        self._stands: list[Standing] = []
        self.household = lru_cache(None)(self._household)
        """The bits of a household with these other members."""

    def close(self) -> None:
        """No more heads come: bring in the households."""
        bits, others, household = self.bits, self.members.get, self.household
        for at, home in enumerate(self.homes):
            if home:
                bits[at] |= household(others(home, 0))
        self.homes = array("q")
        self.members = {}

    def keep(self, marks: bytes | bytearray, mark: int) -> None:
        """Let go of everybody whose place has another mark; the places of the others stay."""
        if marks.count(mark) < len(marks):
            self.place = {person: at for person, at in self.place.items() if marks[at] == mark}

    def standings(self) -> Iterator[tuple[str, Standing]]:
        """Where everybody stands."""
        standing = self.needs.standing
        self._stands = [standing(bits, score) for bits, score in zip(self.bits, self.scores, strict=True)]
        return ((person, self._stands[at]) for person, at in self.place.items())

    def looks(self) -> set[int]:
        """What there is to show of anybody."""
        bits = self.bits
        return {bits[at] & SHOWN for at in self.place.values()}

    def shown(self, person: str, cells: Mapping[int, str]) -> str:
        """The cells of one row, ready to be written."""
        at = self.place[person]
        return f"{self._stands[at].shown},{cells[self.bits[at] & SHOWN]}"

    def _household(self, others: int) -> int:
        rest, children = others % CHILD, others // CHILD
        size = min(1 + rest + children, HouseholdSize.FIVE_OR_MORE)
        kind = HouseholdType.ADULTS_AND_CHILDREN if children else HouseholdType.WITHOUT_CHILDREN
        return (
            self.needs.bits("household_size", size)
            | self.needs.bits("household_type", kind)
            | self.needs.bits("children_band", min(children, ChildrenBand.THREE_OR_MORE))
        )
