"""Ranking: the profile's keys in their order, then a random value bound to the number; each rank says why."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kiosk.priority import chronic
from kiosk.priority.judge import Judge, codes_of
from kiosk.priority.profile import SCORE, Profile
from schema.summary import Factors

_HIGHEST_BAND: Final = 0xFFFFFFFF
BY_CHANCE: Final = "Both are equal in everything that counts; which comes first was drawn at random, once and for all."
"""Why one number stands ahead of another that is equal to it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What ranking may see of a record. Pathway, month and station are not among it (P9)."""

    number: int
    """Used for the tie-break's keyed hash only, never compared itself."""
    factors: Factors


@dataclass(frozen=True, slots=True)
class Ranked:
    """One entry in its place."""

    rank: int
    """1 for the greatest need."""
    number: int
    points: int
    bands: tuple[int, ...]
    """The value of each key in the profile's order."""
    why: tuple[str, ...]
    """One line for each key, in the profile's order."""


def tie_break(number: int, secret: bytes) -> bytes:
    """16 bytes as good as random that stay with a number for as long as it is on the list, whatever the profile.

    `secret` is the region's number key, so every desk of a region draws alike, and nobody outside it can tell
    beforehand which of two numbers chance will favour.
    """
    return hashlib.blake2b(number.to_bytes(4, "big"), key=secret, digest_size=16, person=b"kiosk tie-break").digest()


def sort_key(number: int, bands: tuple[int, ...], secret: bytes) -> bytes:
    """Bytes that sort as ranks do: each band, the highest first, then the tie-break. Ends with the number."""
    inverted = (_HIGHEST_BAND - band for band in bands)
    return struct.pack(f">{len(bands)}I", *inverted) + tie_break(number, secret) + number.to_bytes(4, "big")


def number_in(key: bytes) -> int:
    """The number that a `sort_key` is of."""
    return int.from_bytes(key[-4:], "big")


def rank(entries: Iterable[Entry], profile: Profile, secret: bytes) -> tuple[Ranked, ...]:
    """Put entries in the order of their need, the greatest first. `secret` is that of `tie_break`."""
    judge = Judge(profile)
    judged = [(entry, *judge.judge(codes_of(entry.factors))) for entry in entries]
    judged.sort(key=lambda each: sort_key(each[0].number, each[2], secret))
    return tuple(
        Ranked(place, entry.number, points, bands, reasons(entry.factors, points, profile))
        for place, (entry, points, bands) in enumerate(judged, start=1)
    )


def reasons(factors: Factors, points: int, profile: Profile) -> tuple[str, ...]:
    """A rank in words: one line for each key, in the profile's order."""
    return tuple(f"{name}: {_reason(name, factors, points, profile)}" for name in profile.order)


def ahead(first: Ranked, second: Ranked) -> str:
    """Why `first` stands ahead of `second`: the first key that tells them apart, in words for both."""
    for mine, yours, why, other in zip(first.bands, second.bands, first.why, second.why, strict=True):
        if mine != yours:
            key, _, here = why.partition(": ")
            return f"By {key}. Here: {here}. There: {other.partition(': ')[2]}."
    return BY_CHANCE


def _reason(name: str, factors: Factors, points: int, profile: Profile) -> str:
    if name == SCORE:
        low = points // profile.score_band * profile.score_band
        return f"{points} points (band {low} to {low + profile.score_band - 1})"
    if name in profile.computed:
        return chronic.reason(name, factors)
    hit = [rule for rule in profile.keys[name] if rule.applies_to(factors)]
    return max(hit, key=lambda rule: rule.worth).why if hit else "nothing said that counts here"
