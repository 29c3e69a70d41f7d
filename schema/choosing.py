"""Choosing one of several by typing: what stands before each of them, and which one a number means."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_lowercase
from typing import Final

LONGEST: Final = 5
"""Digits of a number at most; later ones are not taken."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What can be typed for each of `count` choices.

    Where an answer is a number, `numbers` has the least number that each choice stands for (`None` for a choice that
    is none): a typed number then means that number, and a choice that is no single number has a letter. Elsewhere a
    number is a choice's place, counted from 1.
    """

    count: int
    numbers: tuple[int | None, ...] = ()

    @property
    def shown(self) -> list[str]:
        """What stands before each choice."""
        if not self.numbers:
            return [str(place) for place in range(1, self.count + 1)]
        letters = iter(ascii_lowercase)
        whole = self._each_is_one_number()
        padded = (*self.numbers, *[None] * (self.count - len(self.numbers)))
        return [str(number) if whole and number is not None else next(letters) for number in padded]

    def _each_is_one_number(self) -> bool:
        counted = [number for number in self.numbers if number is not None]
        return counted == list(range(counted[0], counted[0] + len(counted)))

    def meant(self, typed: str) -> int | None:
        """Return which choice was typed, counted from 0: by number, or by letter in either case; `None` for none."""
        if not (typed.isascii() and typed.isdigit()):
            return self.shown.index(typed.lower()) if self.numbers and typed.lower() in self.shown else None
        number = int(typed[: LONGEST + 1])
        if not self.numbers:
            return number - 1 if 1 <= number <= self.count else None
        reached = [place for place, least in enumerate(self.numbers) if least is not None and least <= number]
        return reached[-1] if reached else None

    def goes_on(self, typed: str) -> bool:
        """Whether more digits may follow these: another one could still mean a choice."""
        if len(typed) >= LONGEST:
            return False
        return bool(self.numbers) or 0 < int(typed) * 10 <= self.count
