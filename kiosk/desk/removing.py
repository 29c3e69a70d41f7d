"""What is to be removed, and with what: a record goes with every later request about it, and nothing of them stays."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from kiosk.desk.listing import vouched
from kiosk.desk.opening import NotOpened, Opener
from kiosk.desk.region import Region
from kiosk.desk.resolving import Opened, fits, resolve
from kiosk.desk.retention import Retention
from kiosk.paths import Place
from kiosk.vault.numbers import retired_tag
from kiosk.vault.records import rows_at
from kiosk.vault.removal import remove
from kiosk.vault.store import Store
from schema.later import Change, Withdrawal
from schema.summary import Summary

Retired = Callable[[int], bool]
"""Whether a number was removed here once."""


def opened_at(place: Place, region: Region, seed: bytes) -> list[Opened]:
    """Every record that a station vouches for and that opens. Raises StoreFault or KioskError."""
    opener, opened = Opener(seed), []
    for row in rows_at(place, region.number_key):
        if vouched(row, region) is None:
            try:
                opened.append(Opened(row.number, opener.open(row.number, row.untrusted_sealed)))
            except NotOpened:
                continue
    return opened


def taken_back(opened: Sequence[Opened], retired: Retired) -> set[int]:
    """Numbers of records whose visitors took them back, and of requests that have nothing left to ask for."""
    original = {each.number: each.item for each in opened if isinstance(each.item, Summary)}
    asked = [each for each in opened if isinstance(each.item, Withdrawal)]
    targets = {each.item.target for each in asked if isinstance(each.item, Withdrawal) and fits(each.item, original)}
    moot = {each.number for each in opened if isinstance(each.item, Withdrawal | Change) and retired(each.item.target)}
    return with_requests(opened, targets) | moot


def with_requests(opened: Sequence[Opened], numbers: Collection[int]) -> set[int]:
    """These numbers, and those of every request about one of them, whether its phrase fits or not."""
    about = {
        each.number for each in opened if isinstance(each.item, Withdrawal | Change) and each.item.target in numbers
    }
    return set(numbers) | about


def before(opened: Sequence[Opened], month: str) -> set[int]:
    """Numbers whose standing summary is of an earlier month (YYYY-MM), with their requests."""
    return _standing(opened, lambda summary: summary.month < month)


def due(opened: Sequence[Opened], retention: Retention, month: str) -> set[int]:
    """Numbers that the provider's own table says are kept no longer in this month, with their requests."""
    return _standing(opened, lambda summary: retention.due(summary, month))


def newest(opened: Sequence[Opened]) -> str | None:
    """The latest month of any summary, one in a change too; `None` where there is none."""
    made = [each.item.summary if isinstance(each.item, Change) else each.item for each in opened]
    return max((each.month for each in made if isinstance(each, Summary)), default=None)


def _standing(opened: Sequence[Opened], goes: Callable[[Summary], bool]) -> set[int]:
    """What a change put in a record's place is what counts; a change that fits nothing counts by itself."""
    resolved = resolve(opened)
    lost = set(resolved.unresolved) | set(resolved.conflicting)
    alone = {
        each.number
        for each in opened
        if each.number in lost and isinstance(each.item, Change) and goes(each.item.summary)
    }
    return with_requests(opened, {number for number, each in resolved.standing.items() if goes(each)}) | alone


def remove_taken_back(place: Place, region: Region, seed: bytes) -> int:
    """Remove what visitors took back, and the requests; returns how many rows went. Raises StoreFault or KioskError."""
    opened = opened_at(place, region, seed)
    numbers = taken_back(opened, _retired_at(place, region))
    return remove(place, region.number_key, sorted(numbers)) if numbers else 0


def _retired_at(place: Place, region: Region) -> Retired:
    """By this machine's own marks: any station could write the region's."""
    tags = set(Store(place.summaries, region.number_key).retired_tags())
    return lambda number: retired_tag(number, region.number_key) in tags
