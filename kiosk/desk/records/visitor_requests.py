"""Later requests: each takes effect here, when its number and phrase fit a record."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from schema.later import Change, Later, Renewal, Sealable, Withdrawal
from schema.summary import Summary


@dataclass(frozen=True, slots=True, repr=False)
class Opened:
    """An opened record under its number."""

    number: int
    item: Sealable


@dataclass(slots=True)
class Resolved:
    """What stands once every request was looked at."""

    standing: dict[int, Summary] = field(default_factory=dict)
    """The summary that stands under each number; a change stands under the number that it changes."""
    withdrawn: int = 0
    """Records taken back by their visitors."""
    unresolved: list[int] = field(default_factory=list)
    """Requests whose number or phrase fits no record."""
    changed: set[int] = field(default_factory=set)
    """Numbers under which a change stands."""
    renewed: dict[int, str] = field(default_factory=dict)
    """The later last month of each release that runs on."""
    conflicting: list[int] = field(default_factory=list)
    """Changes for one number that no month sets in order; none of them takes effect."""


def resolve(opened: Sequence[Opened]) -> Resolved:
    """Apply changes, then renewals, then withdrawals. No record carries a time: of changes the latest month stands."""
    result = Resolved({each.number: each.item for each in opened if isinstance(each.item, Summary)})
    original = dict(result.standing)
    changes: dict[int, list[Opened]] = {}
    withdrawals: set[int] = set()
    renewals: list[tuple[int, Renewal]] = []
    for each in opened:
        if isinstance(each.item, Summary):
            continue
        if not fits(each.item, original):
            result.unresolved.append(each.number)
        elif isinstance(each.item, Withdrawal):
            withdrawals.add(each.item.target)
        elif isinstance(each.item, Renewal):
            renewals.append((each.number, each.item))
        else:
            changes.setdefault(each.item.target, []).append(each)
    for target, asked in changes.items():
        _change(target, asked, result)
    for number, renewal in renewals:
        _renew(number, renewal, result)
    for target, until in result.renewed.items():
        result.standing[target] = replace(result.standing[target], release_expires=until)
    for target in withdrawals:
        del result.standing[target]
    result.withdrawn = len(withdrawals)
    return result


def fits(item: Later, original: dict[int, Summary]) -> bool:
    """Whether a request names a record of `original`, with that record's own phrase."""
    found = original.get(item.target)
    return found is not None and hmac.compare_digest(found.phrase_check, item.phrase_check)


def _change(target: int, asked: list[Opened], result: Resolved) -> None:
    summaries = {each.number: each.item.summary for each in asked if isinstance(each.item, Change)}
    latest = max(summary.month for summary in summaries.values())
    last = [number for number, summary in summaries.items() if summary.month == latest]
    if len(last) > 1:
        result.conflicting.extend(last)
    else:
        first = result.standing[target].phrase_check
        result.changed.add(target)
        result.standing[target] = replace(summaries[last[0]], phrase_check=first)


def _renew(number: int, renewal: Renewal, result: Resolved) -> None:
    """Let a release run on, from the month she asked in, no longer than the pack's release did; one that she did not
    give, or took back by a change, is not given by this.
    """
    standing = result.standing[renewal.target]
    if not standing.release or standing.release_expires is None:
        result.unresolved.append(number)
        return
    length = _months(standing.release_expires) - _months(standing.month)
    until = min(renewal.until, _month(_months(renewal.month) + length))
    if until > standing.release_expires:
        result.renewed[renewal.target] = max(until, result.renewed.get(renewal.target, ""))


def _months(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:]) - 1


def _month(months: int) -> str:
    return f"{months // 12:04d}-{months % 12 + 1:02d}"
