"""A list carried from meeting to meeting: the same people keep their numbers, by a tag of where each row came from.

A tag is an HMAC of the row's origin, which is an export's PersonalID, or an agency with its visitor's number. Whoever
lacks the carry key's secret can neither make one nor tell from it which side a row is from.
"""

from __future__ import annotations

import hmac
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Final

from kiosk.desk.merging import row_numbers
from kiosk.desk.merging.external import Known
from kiosk.desk.merging.merge_tally import Why
from kiosk.errors import Refused
from schema.merged import MergedRow

TAG_LENGTH: Final = 16
_SAID: Final = 20
"""Numbers of one kind that are named on the screen."""


class Gone(Enum):
    """Why somebody of the last list is not on this one. Each belongs to one side: they are counted, never named."""

    HOUSED = "housed"
    EXITED = "exited"
    RELEASE_ENDED = "whose release ended"
    BY_RULE = "left out by a rule"
    TAKEN_BACK = "on no list any more, taken back or deleted"


_BY_VERDICT: Final = {
    "moved_in": Gone.HOUSED,
    "housed_elsewhere": Gone.HOUSED,
    "own_home": Gone.HOUSED,
    "exited": Gone.EXITED,
    "deceased": Gone.EXITED,
}


class ListMissing(Refused):
    """An external list that was merged last time is not given this time."""

    hint = "Nothing was written. Give the latest list of every agency; `--fewer-lists` drops those that are not given."


@dataclass(frozen=True, slots=True)
class Carry:
    """What of the last list is needed to carry it on."""

    secret: bytes = field(repr=False)
    """32 bytes: the carry key."""
    out: Path
    """Where the origins go, sealed, for `kiosk meeting --from`."""
    seal: Callable[[Carried], bytes]
    former: Mapping[bytes, MergedRow] = field(default_factory=dict, repr=False)
    """The last list's rows by tag; none for a first list."""
    sources: frozenset[bytes] = frozenset()
    """The agencies of the last list, tagged."""
    fresh: bool = False
    """Draw new numbers for everybody."""
    fewer_lists: bool = False

    def tag(self, origin: str, agency: str | None) -> bytes:
        """The tag of a row: of an export's PersonalID, or of an agency with its visitor's number."""
        parts = ("hmis", origin) if agency is None else ("external", agency, origin)
        return hmac.digest(self.secret, "\0".join(parts).encode(), "sha256")[:TAG_LENGTH]

    def source(self, agency: str) -> bytes:
        """The tag of an agency."""
        return hmac.digest(self.secret, f"agency\0{agency}".encode(), "sha256")[:TAG_LENGTH]


@dataclass
class Carried:
    """What came of it: everything that the meeting takes in beside the list itself."""

    month: str
    tags: list[bytes] = field(repr=False)
    """By rank."""
    numbers: list[int]
    """By rank."""
    sources: frozenset[bytes] = frozenset()
    list_id: str = ""
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    gone: list[tuple[str, str]] = field(default_factory=list)
    """The number that somebody had, and `housed` or `left`. Who was taken back is not among them (W4)."""
    counts: Counter[Gone] = field(default_factory=Counter)
    said: dict[str, str] = field(default_factory=dict)
    """Number to what became of somebody, as her agency says (`schema.external.STATUSES`)."""
    fresh: bool = False

    def lines(self) -> Iterable[str]:
        """For a person: who is new, changed or gone."""
        yield f"Carried: {len(self.tags) - len(self.new):,} of the last list are on this one."
        yield from _named("New", self.new)
        yield from _named("Changed", self.changed)
        for why in ("housed", "left"):
            yield from _named(f"Gone, {why}", [number for number, each in self.gone if each == why])
        said = ", ".join(f"{self.counts[why]:,} {why.value}" for why in Gone if self.counts[why])
        yield f"Gone, in all {self.counts.total():,}" + (f": {said}." if said else ".")


def begin(carry: Carry, month: str, origins: Sequence[tuple[str, str | None]], agencies: Iterable[str]) -> Carried:
    """Give everybody a number, by rank: the one of the last list, else a new one. Raises ListMissing."""
    sources = frozenset(carry.source(agency) for agency in agencies)
    missing = len(carry.sources - sources)
    if missing and not carry.fewer_lists:
        raise ListMissing(f"{missing} of the external lists of last time are not given.")
    tags = [carry.tag(*origin) for origin in origins]
    former = {tag: int(row.meeting_number) for tag, row in carry.former.items()}
    kept = {} if carry.fresh else former
    drawn = iter(row_numbers.draw(sum(tag not in kept for tag in tags), former.values()))
    numbers = [kept[tag] if tag in kept else next(drawn) for tag in tags]
    return Carried(month, tags, numbers, sources, fresh=carry.fresh)


def finish(
    carry: Carry,
    carried: Carried,
    rows: Sequence[MergedRow],
    verdicts: Mapping[str, str],
    left_out: Mapping[Known, Why],
) -> None:
    """Find out who is new, changed or gone. `verdicts` are those of people off the list, by PersonalID."""
    for tag, row in zip(carried.tags, rows, strict=True):
        before = carry.former.get(tag)
        if before is None:
            carried.new.append(row.meeting_number)
        elif before[2:] != row[2:]:
            carried.changed.append(row.meeting_number)
    lost = carry.former.keys() - set(carried.tags)
    if not lost:
        return
    why = {carry.tag(person, None): _BY_VERDICT.get(verdict, Gone.BY_RULE) for person, verdict in verdicts.items()}
    why |= {
        carry.tag(str(number), agency): Gone.RELEASE_ENDED if reason is Why.NO_RELEASE else Gone.BY_RULE
        for (agency, number), reason in left_out.items()
    }
    for tag in lost:
        reason = why.get(tag, Gone.TAKEN_BACK)
        carried.counts[reason] += 1
        if reason is not Gone.TAKEN_BACK:
            number = carry.former[tag].meeting_number
            carried.gone.append((number, "housed" if reason is Gone.HOUSED else "left"))
    carried.gone.sort()


def _named(kind: str, numbers: Sequence[str]) -> Iterable[str]:
    if numbers:
        more = f" and {len(numbers) - _SAID:,} more" if len(numbers) > _SAID else ""
        yield f"{kind}, {len(numbers):,}: {' '.join(sorted(numbers)[:_SAID])}{more}"
