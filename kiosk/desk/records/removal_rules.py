"""What is to be removed, and with what: a record goes with every later request about it, and nothing of them stays."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from kiosk.desk.records.visitor_requests import Opened
from schema.later import Change, Later
from schema.summary import Summary


def with_requests(later: Iterable[Opened], numbers: Collection[int]) -> set[int]:
    """These numbers, and those of every request about one of them, whether its phrase fits or not."""
    about = {each.number for each in later if isinstance(each.item, Later) and each.item.target in numbers}
    return set(numbers) | about


def moot(later: Iterable[Opened], removed: Callable[[int], bool]) -> set[int]:
    """Requests that have nothing left to ask for: the provider has removed what they name."""
    return {each.number for each in later if isinstance(each.item, Later) and removed(each.item.target)}


def changes_alone(later: Iterable[Opened], lost: Collection[int], goes: Callable[[Summary], bool]) -> set[int]:
    """Changes that took effect nowhere and that go by what they say themselves."""
    changes = ((each.number, each.item.summary) for each in later if isinstance(each.item, Change))
    return {number for number, summary in changes if number in lost and goes(summary)}
