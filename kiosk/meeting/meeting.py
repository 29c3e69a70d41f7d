"""What a meeting knows: the merged list, how everybody on it stands, vacancies, and what was done."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from kiosk.meeting.code_list import CodeList, load
from kiosk.meeting.months import month_number, silent_before
from kiosk.meeting.record import Change, Person, What
from kiosk.meeting.states import HELD, State
from kiosk.meeting.vacancy import Fit, Vacancy
from schema.merged import MergedRow, list_id

FREE = (State.WAITING, State.DECLINED)
"""States of somebody who has nothing, and whom nobody may pass over without a reason."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What a merge changed. Nothing of it tells which list somebody came from."""

    new: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    gone: tuple[tuple[str, str], ...] = ()
    """Meeting number, and `housed` or `left`: the finer reasons belong to one side each, and are only counted."""
    taken_back: int = 0
    """Households that no list has any more: nothing of them is kept, no number either."""


@dataclass
class Meeting:
    """One list, from meeting to meeting."""

    area: str
    month: str
    """The list's month, `YYYY-MM`."""
    rows: tuple[MergedRow, ...]
    """By rank."""
    tags: tuple[bytes, ...] = field(default=(), repr=False)
    """Each row's origin, as `kiosk.desk.merging.carrying` tags it; empty for a list that can be carried nowhere."""
    sources: frozenset[bytes] = field(default=frozenset(), repr=False)
    """The external lists that were merged, tagged: a carry notices when one is missing."""
    codes: CodeList = field(default_factory=load)
    vacancies: dict[str, Vacancy] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    begun: int = 0
    """How many changes there were when this meeting began: nothing before can be taken back."""
    difference: Difference = field(default_factory=Difference)
    signing_seed: bytes = field(default=b"", repr=False)
    """What the list signs return files with (Ed25519)."""
    serial: int = 0
    """Of the last return files."""
    looked_at: str = ""
    """The number under the cursor when the page was left."""

    def __post_init__(self) -> None:
        self.place = {row.meeting_number: at for at, row in enumerate(self.rows)}
        """Meeting number to place in `rows`."""
        self.states = bytearray(len(self.rows))
        self.words = array("H", [month_number(self.month)]) * len(self.rows)
        self.since = array("H", self.words)
        """The month in which each came on the list."""
        self.notes: dict[str, tuple[str, ...]] = {}
        self.held: dict[str, tuple[str, str]] = {}
        """Number to vacancy and the day to answer by."""
        self._fits: dict[object, list[int]] = {}

    @cached_property
    def list_id(self) -> str:
        """The merged list's own name; keys to its numbers carry it."""
        return list_id(self.rows)

    # How people stand

    def person(self, number: str) -> Person:
        """How a number stands."""
        at = self.place[number]
        return Person(
            State(self.states[at]), self.words[at], self.notes.get(number, ()), *self.held.get(number, ("", ""))
        )

    def put(self, number: str, person: Person) -> None:
        """Have a number stand so."""
        at = self.place[number]
        self.states[at], self.words[at] = person.state, person.word
        self.notes.pop(number, None)
        self.held.pop(number, None)
        if person.notes:
            self.notes[number] = person.notes
        if person.vacancy or person.answer_by:
            self.held[number] = person.vacancy, person.answer_by

    def state(self, number: str) -> State:
        """The state of a number."""
        return State(self.states[self.place[number]])

    def overdue(self, number: str, today: date) -> bool:
        """Whether an offer's day has passed without an outcome (W5)."""
        answer_by = self.held.get(number, ("", ""))[1]
        return bool(answer_by) and answer_by < today.isoformat()

    def offers(self) -> list[str]:
        """Numbers with an offer that is open, the one due first at the head."""
        found = [(day, self.place[number], number) for number, (_, day) in self.held.items() if day]
        return [number for _, _, number in sorted(found)]

    def silent(self, today: date) -> Iterator[int]:
        """Places of those who wait and of whom there was no word for long."""
        first = silent_before(today)
        there = (State.WAITING, State.REFERRED, State.OFFERED, State.DECLINED)
        return (at for at, word in enumerate(self.words) if word < first and self.states[at] in there)

    @cached_property
    def _sorted_numbers(self) -> list[str]:
        return sorted(self.place)

    def beginning_with(self, digits: str) -> int | None:
        """The first place whose number begins with these digits."""
        numbers = self._sorted_numbers
        found = numbers[bisect_left(numbers, digits) : bisect_left(numbers, digits + ":")]  # the letter behind 9
        return min((self.place[number] for number in found), default=None)

    # Vacancies

    def who_fits(self, vacancy: Vacancy) -> list[int]:
        """Places of all who fit, in order; those of whom a fact has to be asked are among them."""
        key = (vacancy.asks, vacancy.smallest, vacancy.largest)
        if key not in self._fits:
            self._fits[key] = [at for at, row in enumerate(self.rows) if vacancy.fit(row) >= Fit.ASK]
        return self._fits[key]

    def first_free(self, vacancy: Vacancy) -> str:
        """The first in order who fits and has nothing; empty where there is nobody."""
        passed = self.passed(vacancy.code)
        numbers = (self.rows[at].meeting_number for at in self.who_fits(vacancy) if self.states[at] in FREE)
        return next((number for number in numbers if number not in passed), "")

    def taken(self, code: str) -> dict[str, State]:
        """Who has one of a vacancy's places."""
        numbers = (number for number, (vacancy, _) in self.held.items() if vacancy == code)
        return {number: state for number in numbers if (state := self.state(number)) in HELD}

    def open_places(self, code: str) -> int:
        """Places that nobody has."""
        vacancy = self.vacancies[code]
        return 0 if vacancy.closed else max(0, vacancy.places - len(self.taken(code)))

    def passed(self, code: str) -> set[str]:
        """Who was passed over for a vacancy, with a reason."""
        return {
            each.number
            for each in self.changes
            if each.what is What.PASSED and each.vacancy == code and not each.undone
        }

    def above(self, number: str, code: str) -> list[str]:
        """Everybody above a number who fits a vacancy and has nothing: a reason is due for each of them."""
        end, passed = self.place[number], self.passed(code)
        found = []
        for at in self.who_fits(self.vacancies[code]):
            if at >= end:
                break
            if self.states[at] in FREE and self.rows[at].meeting_number not in passed:
                found.append(self.rows[at].meeting_number)
        return found

    def done_about(self, number: str) -> Iterable[Change]:
        """What was done about a number, the newest first."""
        return (each for each in reversed(self.changes) if each.number == number)

    @property
    def waiting(self) -> int:
        """How many wait: everybody who is neither housed nor inactive."""
        return len(self.rows) - self.states.count(State.HOUSED) - self.states.count(State.INACTIVE)
