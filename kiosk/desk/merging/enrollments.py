"""Enrollment.csv: who is waiting, and what the enrollment says of the need."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kiosk.desk.merging.audit import Tally, Why
from kiosk.desk.merging.cutting import Row
from kiosk.desk.merging.dates import day_of
from kiosk.desk.merging.faults import BadRow
from kiosk.desk.merging.people import CHILD, People
from schema.hmis import LONGEST_ID

NAME: Final = "Enrollment.csv"
SAYS: Final = ("living_situation", "length_of_stay", "times_homeless", "months_homeless", "disabling_condition")
"""The factors of an enrollment, in the order of `schema.hmis.Enrollment`."""


@dataclass(frozen=True)
class Around:
    """What decides about an enrollment, out of the other files."""

    projects: Mapping[str, bool]
    """ProjectID to whether a victim service provider runs it."""
    exited: Collection[str]
    """EnrollmentIDs."""
    today: str
    """`YYYY-MM-DD`."""


def read(rows: Iterator[Row], around: Around, people: People, tally: Tally) -> set[str]:
    """Put every head of household who is waiting into `people`, and count every row in `tally`.

    Returns the ProjectIDs of enrollments under a victim service provider (MO-10). Of several enrollments of one person
    the one that was entered last counts. Raises BadRow for an id or a date that cannot be one.
    """
    breaching: set[str] = set()
    place, bits, entered, homes = people.place, people.bits, people.entered, people.homes
    codes = Codes(people)
    living_says, stay_says, times_says, months_says, disabling_says = codes.tables
    days: dict[str, int] = {}
    for number, row in _waiting(rows, around, people, tally, breaching):
        _, person, _, entry, household, _, living, stay, times, months, disabling, _, _ = row
        try:
            said = (
                living_says[living] | stay_says[stay] | times_says[times] | months_says[months]
                | disabling_says[disabling]
            )  # fmt: skip
        except KeyError:
            said = codes.say((living, stay, times, months, disabling))
        day = days.get(entry)
        if day is None:
            day = days[entry] = day_of(entry, NAME, number, "EntryDate")
        at = place.get(person)
        if at is None:
            if not 0 < len(person) <= LONGEST_ID or not person.isprintable():
                raise BadRow(NAME, number, "PersonalID is no id")
            place[person] = len(place)
            bits.append(said)
            entered.append(day)
            homes.append(hash(household) if household else 0)
            continue
        tally.left_out[Why.EARLIER] += 1
        if day >= entered[at]:
            bits[at], entered[at], homes[at] = said, day, hash(household) if household else 0
    codes.tell(tally)
    return breaching


def _waiting(
    rows: Iterator[Row], around: Around, people: People, tally: Tally, breaching: set[str]
) -> Iterator[tuple[int, Row]]:
    """Heads of household who are still waiting, each with the number of the row; the others are counted."""
    left, members = tally.left_out, people.members
    projects, exited, today = around.projects, around.exited, around.today
    for numbered in enumerate(rows, start=2):
        number, (enrollment, _, project, _, household, relation, _, _, _, _, _, moved_in, deleted) = numbered
        tally.read = number - 1
        if deleted:
            left[Why.DELETED] += 1
        elif projects.get(project, True):
            left[Why.VICTIM_SERVICES if project in projects else Why.NO_PROJECT] += 1
            breaching.update({project} & projects.keys())
        elif enrollment in exited:
            left[Why.EXITED] += 1
        elif relation != "1":
            left[Why.NOT_HEAD] += 1
            if household:
                home = hash(household)
                members[home] = members.get(home, 0) + (CHILD if relation == "2" else 1)
        elif moved_in and day_of(moved_in, NAME, number, "MoveInDate") and moved_in[:10] <= today:
            left[Why.MOVED_IN] += 1
        else:
            yield numbered


class Codes:
    """The codes of an enrollment, each with its bits; a code that is none of HUD's says nothing, and is counted."""

    def __init__(self, people: People) -> None:
        self.tables = tuple(people.needs.table(factor) for factor in SAYS)
        self._unknown = 0

    def say(self, codes: tuple[str, ...]) -> int:
        """The bits of five codes of which one at least is unknown."""
        said = 0
        for table, code in zip(self.tables, codes, strict=True):
            self._unknown += code not in table
            said |= table.get(code, 0)
        return said

    def tell(self, tally: Tally) -> None:
        """Note how many codes were unknown."""
        if self._unknown:
            tally.notes.append(f"{self._unknown} codes are none of HUD's, and were read as not collected.")
