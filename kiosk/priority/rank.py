"""Ranking: the profile's keys in their order, then a random value bound to the number; each rank says why."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.priority.profile import SCORE, Profile
from kiosk.priority.score import score
from schema.summary import Factors


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


def tie_break(number: int, profile: Profile) -> bytes:
    """A value as good as random that stays the same for one number under one profile."""
    key = bytes.fromhex(profile.fingerprint)
    return hashlib.blake2b(number.to_bytes(4, "big"), key=key, digest_size=16, person=b"kiosk tie-break").digest()


def rank(entries: Iterable[Entry], profile: Profile) -> tuple[Ranked, ...]:
    """Put entries in the order of their need, the greatest first."""
    judged = [(entry, *_judge(entry, profile)) for entry in entries]
    judged.sort(key=lambda each: (tuple(-band for band in each[2]), tie_break(each[0].number, profile)))
    return tuple(
        Ranked(place, entry.number, points, bands, why)
        for place, (entry, points, bands, why) in enumerate(judged, start=1)
    )


def _judge(entry: Entry, profile: Profile) -> tuple[int, tuple[int, ...], tuple[str, ...]]:
    points = score(entry.factors, profile).points
    keys = [_key(name, entry.factors, points, profile) for name in profile.order]
    return (
        points,
        tuple(band for band, _ in keys),
        tuple(f"{name}: {why}" for name, (_, why) in zip(profile.order, keys, strict=True)),
    )


def _key(name: str, factors: Factors, points: int, profile: Profile) -> tuple[int, str]:
    """A key's band for these factors, and the reason in words."""
    if name == SCORE:
        band = points // profile.score_band
        low = band * profile.score_band
        return band, f"{points} points (band {low} to {low + profile.score_band - 1})"
    hit = [rule for rule in profile.keys[name] if rule.applies_to(factors)]
    if not hit:
        return 0, "nothing said that counts here"
    best = max(hit, key=lambda rule: rule.worth)
    return best.worth, best.why
