"""What stands on the list: records come in opened, in any order, and stand ranked among those already there."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from sys import intern
from typing import Final, NamedTuple

from kiosk.desk.records.removal_rules import changes_alone, moot, with_requests
from kiosk.desk.records.rows import Apart, Row, Standing, Why, external_until, row_of
from kiosk.desk.records.unsealing import Malformed, read
from kiosk.desk.records.visitor_requests import Opened, resolve
from kiosk.priority.judge import Judge, codes_of
from kiosk.priority.profile import Profile
from kiosk.priority.rank import Ranked, ahead, number_in, reasons, sort_key
from kiosk.seal.summary_codec import decode, encode
from schema.later import Change, Withdrawal
from schema.summary import Summary

SLICE: Final = 2_000
"""Records looked at between two turns of the event loop: about 2 ms."""


class Facts(NamedTuple):
    """What of a record is filtered by and shown in the table; nothing that tells who chose victim services (P10)."""

    month: str
    region: str
    agency: str
    household: int
    """HUD's household type, or 8, 9, 99."""
    points: int
    bands: tuple[int, ...]


class LiveList:
    """Every record that stands, in order of need. Insides are kept as bytes and read again where one is shown."""

    def __init__(self, profile: Profile, secret: bytes) -> None:
        self.profile = profile
        """What it is ranked by."""
        self.apart: list[Apart] = []
        """Records that are never ranked."""
        self.withdrawn = 0
        """Records that their visitors took back; known once everything is open."""
        self.taken_back: frozenset[int] = frozenset()
        """Numbers of records that their visitors took back, of every request about them, and of requests about what
        this machine removed before: nothing of it may stay."""
        self.opened = 0
        """Records that opened, requests among them."""
        self.closed = 0
        """Records that stay closed: no station vouches for them, or they do not open."""
        self.newest: str | None = None
        """The latest month of any summary, one in a change too; `None` where there is none."""
        self.changed: frozenset[int] = frozenset()
        """Numbers under which a later change stands; known once everything is open."""
        self.aside: dict[int, str] = {}
        """Numbers that were put aside by station and month, with their month."""
        self.facts: dict[int, Facts] = {}
        self.order: list[bytes] = []
        """The sort key of each record that stands, the greatest need first."""
        self._secret = secret
        self._judge = Judge(profile)
        self._plain: dict[int, bytes] = {}
        self._later: list[Opened] = []
        self._lost: frozenset[int] = frozenset()
        self._fresh: list[bytes] = []

    def __len__(self) -> int:
        return len(self.order)

    # Growing

    def take(self, number: int, plain: bytes, instrument: int) -> None:
        """Take in the inside of a record whose head names `instrument`. It stands from the next `settle` on."""
        try:
            item = read(plain, instrument)
        except Malformed:
            self.keep_closed(number, Why.MALFORMED)
            return
        self.opened += 1
        if not isinstance(item, Withdrawal):
            month = item.summary.month if isinstance(item, Change) else item.month
            self.newest = max(month, self.newest or month)
        if isinstance(item, Summary):
            self._stand(number, item, plain)
        else:
            self._later.append(Opened(number, item))

    def keep_closed(self, number: int, why: Why) -> None:
        """Set a record apart that nobody vouches for, or that does not open."""
        self.apart.append(Apart(number, why))
        self.closed += 1

    def settle(self) -> list[bytes]:
        """Put what came into its place; returns its keys, in order. Merging sorted runs never holds the screen up."""
        fresh, self._fresh = sorted(self._fresh), []
        self.order += fresh
        self.order.sort()
        return fresh

    def finish(self, removed: Callable[[int], bool]) -> None:
        """Everything is open: apply changes and withdrawals, and set apart what is left.

        `removed` says whether the provider has removed a number.
        """
        self.settle()
        targets = {each.item.target for each in self._later if isinstance(each.item, Withdrawal | Change)}
        touched = {number: decode(self._plain[number]) for number in targets if number in self._plain}
        resolved = resolve([*(Opened(number, item) for number, item in touched.items()), *self._later])
        changed = set()
        for number, before in touched.items():
            after = resolved.standing.get(number)
            if after is before:
                continue
            self._fall(number)
            if after is not None:
                self._stand(number, after, encode(after))
                changed.add(number)
        self.withdrawn, self.changed = resolved.withdrawn, frozenset(changed)
        gone = [number for number in touched if number not in resolved.standing]
        self.taken_back = frozenset(with_requests(self._later, gone) | moot(self._later, removed))
        self._lost = frozenset((*resolved.unresolved, *resolved.conflicting))
        self.apart += [Apart(number, Why.UNRESOLVED) for number in resolved.unresolved]
        self.apart += [Apart(number, Why.CONFLICT) for number in resolved.conflicting]
        self.apart += [Apart(number, Why.OTHER_PROFILE) for number in sorted(self._plain.keys() - self.facts.keys())]
        self.settle()

    def put_aside(self, goes: Callable[[int, str], bool]) -> None:
        """Set apart each record that stands and `goes` by number and month. Once everything is open."""
        found = [number for number in self._plain if goes(number, self.month(number))]
        for number in found:
            self.aside[number] = self.month(number)
            self._fall(number)
        self.apart += [Apart(number, Why.ASIDE) for number in found]

    def months(self) -> Iterator[tuple[int, str]]:
        """Every record that stands or was put aside, with its month, in no order that tells anything."""
        yield from ((number, self.month(number)) for number in self._plain)
        yield from self.aside.items()

    def month(self, number: int) -> str:
        """The month of a record that stands."""
        return self.facts[number].month if number in self.facts else self._summary(number).month

    def _stand(self, number: int, summary: Summary, plain: bytes) -> None:
        self._plain[number] = plain
        if not self.profile.takes(summary.profile):
            return
        points, bands = self._judge.judge(codes_of(summary.factors))
        self.facts[number] = Facts(
            intern(summary.month),
            intern(summary.region),
            intern(summary.agency),
            summary.factors.household_type,
            points,
            bands,
        )
        self._fresh.append(self._key(number))

    def _fall(self, number: int) -> None:
        if number in self.facts:
            del self.order[bisect_left(self.order, self._key(number))]
            del self.facts[number]
        del self._plain[number]

    def _key(self, number: int) -> bytes:
        return sort_key(number, self.facts[number].bands, self._secret)

    def spoken_of(self, number: int, month: str) -> bool:
        """Whether a record that stands may be spoken of outside in `month`: its release runs, for the external list."""
        return number in self._plain and external_until(self._summary(number)) >= month

    # What is shown

    def key(self, number: int) -> bytes | None:
        """The sort key under which a number stands, `None` where it does not."""
        return self._key(number) if number in self.facts else None

    def rank(self, number: int) -> int:
        """The place of a number that stands, from 1."""
        return bisect_left(self.order, self._key(number)) + 1

    def row(self, number: int) -> Row:
        """All that may be shown of a number that stands."""
        return row_of(self._ranked(number), self._summary(number))

    def why_ahead(self, number: int) -> tuple[int, str] | None:
        """The number that comes right behind, and why it does; `None` behind the last."""
        place = self.rank(number)
        if place == len(self.order):
            return None
        behind = number_in(self.order[place])
        return behind, ahead(self._ranked(number), self._ranked(behind))

    def plains(self) -> Iterator[tuple[int, bytes]]:
        """Each number that stands with its inside, in no order that tells anything."""
        return ((number, self._plain[number]) for number in self.facts)

    def standing(self) -> Standing:
        """What stands, as whole summaries, for whoever exports or counts them. Once everything is open."""
        apart = tuple(each for each in self.apart if each.why is not Why.OTHER_PROFILE)
        return Standing({number: self._summary(number) for number in self._plain}, apart, self.withdrawn)

    def with_requests(self, number: int) -> set[int]:
        """A number, and those of every later request about it."""
        return with_requests(self._later, [number])

    def outdated(self, goes: Callable[[Summary], bool]) -> set[int]:
        """Numbers under which a summary stands that `goes`, with their requests. Once everything is open.

        What a change put in a record's place is what counts; a change that fits nothing counts by itself.
        """
        numbers = {number for number in self._plain if goes(self._summary(number))}
        return with_requests(self._later, numbers) | changes_alone(self._later, self._lost, goes)

    def drop(self, number: int) -> None:
        """Forget a record that was removed, and the requests about it."""
        gone = self.with_requests(number)
        self._fall(number)
        self._later = [each for each in self._later if each.number not in gone]
        self.apart = [each for each in self.apart if each.number not in gone]

    def _summary(self, number: int) -> Summary:
        summary = decode(self._plain[number])
        assert isinstance(summary, Summary)
        return summary

    def _ranked(self, number: int) -> Ranked:
        facts = self.facts[number]
        why = reasons(self._summary(number).factors, facts.points, self.profile)
        return Ranked(self.rank(number), number, facts.points, facts.bands, why)
