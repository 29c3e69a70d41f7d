"""A profile made ready to judge many people: every condition is a bit, every answer the bits that it fulfils."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from functools import lru_cache
from operator import attrgetter
from typing import Final

from kiosk.priority import chronic
from kiosk.priority.profile import COMPUTED, SCORE, Condition, Profile, Rule
from schema.summary import Factors

FACTOR_NAMES: Final = tuple(field.name for field in fields(Factors))
"""The factors in the order in which codes are given to `Judge.judge`."""
codes_of: Final = attrgetter(*FACTOR_NAMES)
"""Every code of `Factors`, in that order."""

_REMEMBERED: Final = 1 << 16


class Judge:
    """Scores and bands by one profile; says the same as the profile's rules asked one by one, ten times as fast."""

    def __init__(self, profile: Profile) -> None:
        self._bit: dict[Condition, int] = {}
        self._points = [self._mask(rule) for rule in profile.points]
        self._keys = [self._ranked(profile.keys[name]) if name in profile.keys else None for name in profile.order]
        self._score_at = profile.order.index(SCORE) if SCORE in profile.order else None
        self._computed = [
            (at, COMPUTED.index(name)) for at, name in enumerate(profile.order) if name in profile.computed
        ]
        self._score_band = profile.score_band
        self._bits = [self._answers(name) for name in FACTOR_NAMES]
        self._judged = lru_cache(_REMEMBERED)(self._judge)
        self._bands_of = lru_cache(_REMEMBERED)(_computed)

    @property
    def factors(self) -> frozenset[str]:
        """The factors that some condition asks for."""
        return frozenset(condition.factor for condition in self._bit)

    def judge(self, codes: Sequence[int]) -> tuple[int, tuple[int, ...]]:
        """Points, and the band of each key in the profile's order, for one code a factor. Sees factors only (P9)."""
        held = 0
        for bits, code in zip(self._bits, codes, strict=True):
            held |= bits.get(code, 0)
        points, bands = self._judged(held)
        if not self._computed:
            return points, bands
        named, whole = self._bands_of(tuple(codes)), list(bands)
        for at, which in self._computed:
            whole[at] = named[which]
        return points, tuple(whole)

    def _judge(self, held: int) -> tuple[int, tuple[int, ...]]:
        points = sum(worth for every, some, worth in self._points if _applies(held, every, some))
        score = points // self._score_band
        return points, tuple(
            _highest(held, rules) if rules is not None else score if at == self._score_at else 0
            for at, rules in enumerate(self._keys)
        )

    def _answers(self, factor: str) -> dict[int, int]:
        """For one factor: each code with the bits of the conditions that it fulfils."""
        found: dict[int, int] = {}
        for condition, bit in self._bit.items():
            if condition.factor == factor:
                for code in condition.codes:
                    found[code] = found.get(code, 0) | bit
        return found

    def _mask(self, rule: Rule) -> tuple[int, int, int]:
        every, some = (
            sum({self._bit.setdefault(each, 1 << len(self._bit)) for each in part}) for part in (rule.every, rule.some)
        )
        return every, some, rule.worth

    def _ranked(self, rules: Sequence[Rule]) -> list[tuple[int, int, int]]:
        return [self._mask(rule) for rule in sorted(rules, key=lambda rule: -rule.worth)]


def _computed(codes: tuple[int, ...]) -> tuple[int, int]:
    """The bands of `COMPUTED`, in its order."""
    return chronic.bands(Factors(*codes))


def _applies(held: int, every: int, some: int) -> bool:
    return held & every == every and (not some or bool(held & some))


def _highest(held: int, rules: Sequence[tuple[int, int, int]]) -> int:
    return next((worth for every, some, worth in rules if _applies(held, every, some)), 0)
