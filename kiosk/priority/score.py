"""The score: points for what was said, with the reasons; nothing for what was not."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.priority.profile import Profile
from schema.summary import Factors


@dataclass(frozen=True, slots=True)
class Priority:
    """How many points, and why."""

    points: int
    why: tuple[str, ...] = field(repr=False)
    """One line for each rule that applied."""


def score(factors: Factors, profile: Profile) -> Priority:
    """Add the points of every rule that applies, and say which did. Sees factors only (P9)."""
    hit = [rule for rule in profile.points if rule.applies_to(factors)]
    return Priority(sum(rule.worth for rule in hit), tuple(rule.why for rule in hit))
