"""All tables that fit some sums, walked from corner to corner in exact fractions (the simplex method). Pure.

Nothing rests on the walk being right: whoever uses a point checks it against the sums (`kiosk.desk.reporting.audit`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import gcd, lcm
from typing import Final

Terms = Mapping[int, int]
"""Some unknowns, by index, each with its factor."""
Exact = int | Fraction
"""A number without rounding; nearly all are whole, and whole ones are quick."""
_FAR: Final = 1000
"""How far to go where nothing bounds the way."""


class Polytope:
    """The points without a negative coordinate that agree with a known one on every relation.

    Each bound unknown is a sum over free ones, which are zero at a corner.
    """

    def __init__(self, relations: Sequence[Terms], known: Sequence[int]) -> None:
        """A relation says only which factors add up to a fixed value: the known point tells the value."""
        self.known = tuple(known)
        self._bound: dict[int, dict[int, Exact]] = {}
        for relation in relations:
            self._solve(relation)
        self._value: dict[int, Exact] = dict(enumerate(known))
        for free in sorted(set(range(len(known))) - set(self._bound)):
            self._empty(free)

    def towards(self, objective: Terms) -> Iterator[tuple[Exact, ...]]:
        """Corners on the way to the greatest value of `objective`, each at least as great as the one before."""
        yield self._point()
        while (entering := self._gaining(objective)) is not None:
            leaving = self._first_to_vanish(entering, up=True)
            if leaving is None:
                yield self._point({entering: _FAR})
                return
            step = _over(-self._value[leaving], self._bound[leaving][entering])
            self._shift(entering, step)
            self._exchange(leaving, entering)
            yield self._point()

    def whole(self, corner: Sequence[Exact]) -> tuple[int, ...]:
        """The whole point that lies farthest from the known one on the way to `corner`; it may be the known one."""
        way = [there - here for there, here in zip(corner, self.known, strict=True)]
        scale = lcm(*(each.denominator for each in way))
        steps = [int(each * scale) for each in way]
        shared = gcd(*steps)
        if shared == 0:
            return self.known
        steps = [each // shared for each in steps]
        times = min((here // -step for here, step in zip(self.known, steps, strict=True) if step < 0), default=_FAR)
        return tuple(here + times * step for here, step in zip(self.known, steps, strict=True))

    def _solve(self, relation: Terms) -> None:
        """Take one relation in: bind one more unknown, unless the others say it already."""
        row: dict[int, Exact] = {}
        for index, times in relation.items():
            for free, each in self._bound.get(index, {index: 1}).items():
                row[free] = row.get(free, 0) + times * each
        row = {free: factor for free, factor in row.items() if factor != 0}
        if not row:
            return
        pivot = min(row, key=lambda free: (abs(row[free]) != 1, free))
        factor = row.pop(pivot)
        self._replace(pivot, {free: _over(-each, factor) for free, each in row.items()})

    def _replace(self, unknown: int, meaning: dict[int, Exact]) -> None:
        """Bind a free unknown, everywhere."""
        for row in self._bound.values():
            if factor := row.pop(unknown, None):
                for free, each in meaning.items():
                    changed = row.get(free, 0) + factor * each
                    if changed:
                        row[free] = changed
                    else:
                        row.pop(free, None)
        self._bound[unknown] = meaning

    def _empty(self, free: int) -> None:
        """Bring a free unknown down to zero; where a bound one vanishes first, they change places."""
        room = self._value[free]
        leaving = self._first_to_vanish(free, up=False)
        step = room if leaving is None else min(room, _over(self._value[leaving], self._bound[leaving][free]))
        self._shift(free, -step)
        if leaving is not None and step < room:
            self._exchange(leaving, free)

    def _first_to_vanish(self, free: int, *, up: bool) -> int | None:
        """The bound unknown that reaches zero first when `free` goes up or down; the lowest of several (Bland)."""
        falling = [
            (_over(self._value[bound], row[free] if row[free] > 0 else -row[free]), bound)
            for bound, row in self._bound.items()
            if free in row and (row[free] < 0) == up
        ]
        return min(falling)[1] if falling else None

    def _shift(self, free: int, step: Exact) -> None:
        self._value[free] += step
        for bound, row in self._bound.items():
            if free in row:
                self._value[bound] += row[free] * step

    def _exchange(self, bound: int, free: int) -> None:
        row = self._bound.pop(bound)
        factor = row.pop(free)
        meaning = {other: _over(-each, factor) for other, each in row.items()}
        meaning[bound] = _over(1, factor)
        self._replace(free, meaning)

    def _gaining(self, objective: Terms) -> int | None:
        """The lowest free unknown that makes the objective greater."""
        gain: dict[int, Exact] = {}
        for index, factor in objective.items():
            for free, each in self._bound.get(index, {index: 1}).items():
                gain[free] = gain.get(free, 0) + factor * each
        return min((free for free, each in gain.items() if each > 0), default=None)

    def _point(self, moved: Mapping[int, Exact] | None = None) -> tuple[Exact, ...]:
        """Where we are, or where moving some free unknowns would lead."""
        value = dict(self._value)
        for free, step in (moved or {}).items():
            value[free] += step
            for bound, row in self._bound.items():
                value[bound] += row.get(free, 0) * step
        return tuple(value[index] for index in range(len(self.known)))


def _over(number: Exact, divisor: Exact) -> Exact:
    """The quotient, whole where it can be."""
    if divisor == 1:
        return number
    if divisor == -1:
        return -number
    quotient = Fraction(number) / divisor
    return quotient.numerator if quotient.denominator == 1 else quotient
