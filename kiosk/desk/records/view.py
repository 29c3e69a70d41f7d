"""What of the list the table shows: those that pass a filter, by rank or by number, and nothing else to sort by."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kiosk.desk.records.code_labels import household
from kiosk.desk.records.live_list import SLICE, Facts, LiveList
from kiosk.priority.profile import Profile
from kiosk.priority.rank import number_in


@dataclass(frozen=True, slots=True)
class Filter:
    """What a record must be to be shown. `None` asks nothing."""

    month: str | None = None
    region: str | None = None
    household: int | None = None
    bands: tuple[int | None, ...] = ()
    """A band for each of the profile's keys, or none at all."""

    def passes(self, facts: Facts) -> bool:
        """Whether a record with these facts is shown."""
        return (
            self.month in (None, facts.month)
            and self.region in (None, facts.region)
            and self.household in (None, facts.household)
            and all(wanted in (None, band) for wanted, band in zip(self.bands, facts.bands, strict=False))
        )

    @property
    def empty(self) -> bool:
        """Whether it asks nothing."""
        asked = (self.month, self.region, self.household, *self.bands)
        return all(each is None for each in asked)

    def words(self, profile: Profile) -> str:
        """What is asked, for the line that says so."""
        said = [f"{name} {value}" for name, value in (("month", self.month), ("region", self.region)) if value]
        if self.household is not None:
            said.append(f"household {household(self.household)}")
        bands = zip(profile.order, self.bands, strict=False)
        return ", ".join(said + [f"{name} band {band}" for name, band in bands if band is not None])


class View:
    """The numbers shown, in the order shown. It changes in slices, so that the screen never waits."""

    def __init__(self, live_list: LiveList) -> None:
        self._live_list = live_list
        self.filter = Filter()
        self.by_number = False
        """Whether they are in the order of their numbers instead of their ranks."""
        self.keys: list[bytes] = []
        """What is shown is sorted by these; the last four bytes of each are its number."""

    def __len__(self) -> int:
        return len(self.keys)

    def add(self, fresh: Sequence[bytes]) -> None:
        """Take in keys that the list has just settled."""
        facts = self._live_list.facts
        shown = [key for key in fresh if self.filter.passes(facts[number_in(key)])]
        self.keys += sorted(key[-4:] + key for key in shown) if self.by_number else shown
        self.keys.sort()

    def again(self) -> Iterator[None]:
        """Look at everything afresh, `SLICE` records at a turn."""
        self.keys = []
        settled = list(self._live_list.order)
        for start in range(0, len(settled), SLICE):
            standing = self._live_list.facts
            self.add([key for key in settled[start : start + SLICE] if number_in(key) in standing])
            yield

    def number(self, index: int) -> int:
        """The number in a place, from 0."""
        return number_in(self.keys[index])

    def index(self, number: int) -> int | None:
        """The place of a number, from 0; `None` where it is not shown."""
        key = self._live_list.key(number)
        if key is None:
            return None
        wanted = key[-4:] + key if self.by_number else key
        place = bisect_left(self.keys, wanted)
        return place if place < len(self.keys) and self.keys[place] == wanted else None
