"""The scoring profile: which of HUD's factors give points, and in what order people are ranked (MO-05)."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from kiosk.errors import Refused
from schema.answers import FACTOR_CODES, NOT_A_VALUE
from schema.summary import Factors

HUD_GENERIC_1: Final = Path(__file__).with_name("hud-generic-1.toml")
"""The profile of records that were kept before the list's rules were HUD's own; it ranks nothing new."""
HUD_GENERIC_2: Final = Path(__file__).with_name("hud-generic-2.toml")
"""The default profile's file."""
DEFAULT_NAME: Final = "hud-generic-2"
OLDER: Final = frozenset({"0b09a17dca43ce74"})
"""Fingerprints of profiles whose records are judged anew under the default one, and marked (`hud-generic-1`)."""
COMPUTED: Final = ("chronic", "length")
"""Ranking keys that no list of conditions can say: `kiosk.priority.chronic` does."""
SCORE: Final = "score"
"""The ranking key that stands for the score's band."""
LONGEST: Final = 256 * 1024
"""The most bytes of a profile."""
_HIGHEST_SCORE: Final = 0xFFFF


class ProfileFault(Refused):
    """A scoring profile that cannot be used."""

    hint = "Start from kiosk/priority/hud-generic-2.toml, and change one rule at a time."


@dataclass(frozen=True, slots=True)
class Condition:
    """One factor with one of some codes; 8, 9 and 99 can never be among them."""

    factor: str
    codes: frozenset[int]

    def holds(self, factors: Factors) -> bool:
        """Whether the factor was said and is one of the codes."""
        return getattr(factors, self.factor) in self.codes


@dataclass(frozen=True, slots=True)
class Rule:
    """What some answers are worth: points of the score, or a band of a ranking key."""

    worth: int
    why: str
    """The rule in words, for the provider."""
    every: tuple[Condition, ...]
    some: tuple[Condition, ...]

    def applies_to(self, factors: Factors) -> bool:
        """Whether every condition of `all`, and one of `any` if there are any, holds."""
        return all(each.holds(factors) for each in self.every) and (
            not self.some or any(each.holds(factors) for each in self.some)
        )


@dataclass(frozen=True)
class Profile:
    """A checked profile."""

    name: str
    version: int
    order: tuple[str, ...]
    """The ranking keys, the first one first."""
    score_band: int
    """Points in one band of the score."""
    points: tuple[Rule, ...]
    keys: Mapping[str, tuple[Rule, ...]]
    computed: tuple[str, ...] = ()
    """Keys of the order that `kiosk.priority.chronic` computes."""

    def takes(self, fingerprint: str) -> bool:
        """Whether records made under a fingerprint can be judged here: this profile's own, and older shipped ones."""
        return fingerprint == self.fingerprint or (self.name == DEFAULT_NAME and fingerprint in OLDER)

    @cached_property
    def fingerprint(self) -> str:
        """16 hex letters that change with any rule, and with nothing else (comments and spaces do not count)."""
        rules = [(name, self.keys[name]) for name in sorted(self.keys)]
        said: list[Any] = [self.name, self.version, self.order, self.score_band, _said(self.points)]
        said += [self.computed] if self.computed else []
        whole = json.dumps((said, [(name, _said(each)) for name, each in rules]))
        return hashlib.sha256(b"kiosk profile" + whole.encode()).hexdigest()[:16]


def _said(rules: tuple[Rule, ...]) -> list[Any]:
    """Rules as plain values in a fixed order."""
    return [
        (
            rule.worth,
            rule.why,
            *([(each.factor, sorted(each.codes)) for each in part] for part in (rule.every, rule.some)),
        )
        for rule in rules
    ]


def load(source: Path | bytes = HUD_GENERIC_2) -> Profile:
    """Read a profile. Raises ProfileFault, which names the place in it."""
    try:
        raw = source if isinstance(source, bytes) else source.read_bytes()
        table = tomllib.loads(raw[: LONGEST + 1].decode())
    except (OSError, ValueError, RecursionError):
        raise ProfileFault("The scoring profile cannot be read.") from None
    if len(raw) > LONGEST:
        raise ProfileFault("The scoring profile is far too long.")
    try:
        return _profile(table)
    except (KeyError, TypeError, AttributeError):
        raise ProfileFault("A part of the scoring profile is missing or of another kind.") from None


def _profile(table: dict[str, Any]) -> Profile:
    keys = {str(name): _rules(rules, name, "band") for name, rules in table["keys"].items()}
    points = _rules(table["points"], "points", "points")
    order, computed = tuple(table["order"]), tuple(table.get("computed", ()))
    _need(set(computed) <= set(COMPUTED) - set(keys) and len(set(computed)) == len(computed), "list of computed keys")
    _need(len(set(order)) == len(order) and set(order) <= {*keys, *computed, SCORE}, "order")
    _need(set(table) - {"computed"} == {"name", "version", "order", "score_band", "points", "keys"}, "list of parts")
    _need(sum(rule.worth for rule in points) <= _HIGHEST_SCORE, "sum of points")
    _need(all(rule.worth <= _HIGHEST_SCORE for rules in keys.values() for rule in rules), "highest band")
    _need(_whole(table["score_band"]) >= 1, "score_band")
    _need(isinstance(table["name"], str) and len(table["name"]) <= 64, "name")
    version, band = _whole(table["version"]), table["score_band"]
    return Profile(table["name"], version, order, band, points, MappingProxyType(keys), computed)


def _rules(rules: list[dict[str, Any]], place: str, worth: str) -> tuple[Rule, ...]:
    return tuple(_rule(rule, f"{place}, rule {index}", worth) for index, rule in enumerate(rules, start=1))


def _rule(rule: dict[str, Any], place: str, worth: str) -> Rule:
    _need(set(rule) <= {worth, "why", "all", "any"} and ("all" in rule or "any" in rule), place)
    _need(isinstance(rule["why"], str) and _whole(rule[worth]) >= 1, place)
    every, some = (tuple(_condition(each, place) for each in rule.get(name, ())) for name in ("all", "any"))
    _need(bool(every or some), place)
    return Rule(rule[worth], rule["why"], every, some)


def _condition(said: dict[str, Any], place: str) -> Condition:
    factor, codes = said["factor"], frozenset(_whole(code) for code in said["codes"])
    _need(set(said) == {"factor", "codes"} and factor in FACTOR_CODES, place)
    _need(bool(codes) and codes <= FACTOR_CODES[factor] - NOT_A_VALUE, place)
    return Condition(factor, codes)


def _whole(value: object) -> int:
    if type(value) is not int:
        raise TypeError
    return value


def _need(good: bool, place: str) -> None:
    if not good:
        raise ProfileFault(f"The scoring profile's {place} cannot be right.")
