"""What a row says, as bits: the profile's conditions that it fulfils, and what the merged list shows of it."""

from __future__ import annotations

from typing import Final, NamedTuple

from kiosk.desk.merging.safe_cells import safe
from kiosk.priority.judge import Judge
from kiosk.priority.profile import SCORE, Profile
from schema.answers import FACTOR_CODES, NOT_A_VALUE, AgeBand, HouseholdType
from schema.external import Sheltered, sheltered
from schema.summary import Factors

SHOWN_BITS: Final = 18
"""The bits of what is shown; the conditions begin above them."""
SHOWN: Final = (1 << SHOWN_BITS) - 1
NO_SCORE: Final = -1
"""No list says this row's score; the profile makes it."""

_UNKNOWN, _NO, _YES = 0, 1, 2
_YOUTH: Final = 10
_YES_NO: Final = ("", "0", "1", "1")
"""How a yes or no of two bits is written. Both bits: two answers, one of which is enough for a yes."""
_SHELTER: Final = {Sheltered.UNKNOWN: 0, Sheltered.YES: 1, Sheltered.NO: 2}
CELLS: Final = (
    (0, ("", Sheltered.YES, Sheltered.NO)),
    (2, _YES_NO),
    (4, ("", "1", "2", "3", "4")),
    (8, _YES_NO),
    (_YOUTH, _YES_NO),
    (12, ("", "", "1", "1")),
    (14, ("", "", "2", "3", "4", "5")),
)
"""For each cell of a row from `sheltered` on: its lowest bit, and how its values are written.

HMIS always knows a household, and a visitor may say nothing of hers: a cell that told unknown from one person, or from
no children, would mark the rows that are not from HMIS (P10).
"""


class Standing(NamedTuple):
    """Where a row stands."""

    bands: tuple[int, ...]
    """The value of each ranking key, in the profile's order."""
    shown: str
    """The cells from `score` to `months_band`, ready to be written."""


class Needs:
    """A profile made ready for lists."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self._judge = Judge(profile)
        self.wide = self._judge.conditions + SHOWN_BITS > 64
        """Whether a row's bits may not fit in 64."""
        self._ranking = self._judge.ranking
        self._known: dict[tuple[tuple[int, ...], int, tuple[tuple[str, int], ...]], Standing] = {}

    def bits(self, factor: str, code: int) -> int:
        """The bits of one answer; a row's are all of its answers' together."""
        return self._judge.bits(factor, code) << SHOWN_BITS | _shown_bits(factor, code)

    def shown_youth(self, value: int) -> int:
        """The bits of `youth_household` where nothing is known of the age but this."""
        return yes_no_bits(value) << _YOUTH

    def shown_shelter(self, value: str) -> int:
        """The bits of `sheltered` where nothing is known of the living situation but this."""
        return _SHELTER[value]

    def table(self, factor: str) -> dict[str, int]:
        """Each code of a factor as a list writes it, with its bits; what is not there says nothing."""
        return {str(code): self.bits(factor, code) for code in FACTOR_CODES[factor]} | {"": 0}

    def standing(self, bits: int, score: int = NO_SCORE, carried: tuple[tuple[str, int], ...] = ()) -> Standing:
        """Where a row with these bits stands; a score and bands that its list says come before the profile's."""
        held = bits >> SHOWN_BITS
        if score == NO_SCORE:
            score, bands = self._judge.judged(held)
        else:
            _, bands = self._judge.judged(held & self._ranking)
        key = bands, score, carried
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._standing(bands, score, carried)
        return known

    def _standing(self, judged: tuple[int, ...], points: int, carried: tuple[tuple[str, int], ...]) -> Standing:
        named = dict(zip(self.profile.order, judged, strict=True)) | dict(carried)
        named |= {SCORE: points // self.profile.score_band} if SCORE in named else {}
        bands = tuple(named[name] for name in self.profile.order)
        said = safe(" ".join(f"{name}={band}" for name, band in zip(self.profile.order, bands, strict=True)))
        low = points // self.profile.score_band * self.profile.score_band
        score = f"{low} to {low + self.profile.score_band - 1}"
        return Standing(bands, f"{score},{said},{named.get('chronic', '')},{named.get('months', '')}")


def yes_no_bits(value: int) -> int:
    """Two bits for 0 or 1; none for whatever else."""
    return {0: _NO, 1: _YES}.get(value, _UNKNOWN)


def _shown_bits(factor: str, code: int) -> int:
    """What one answer shows of itself in the merged list."""
    if code in NOT_A_VALUE:
        return 0
    match factor:
        case "living_situation":
            return _SHELTER[sheltered(Factors(living_situation=code))]
        case "disabling_condition":
            return yes_no_bits(code) << 2
        case "times_homeless":
            return code << 4
        case "veteran":
            return yes_no_bits(code) << 8
        case "age_band":
            return yes_no_bits(int(code <= AgeBand.FROM_18_TO_24)) << _YOUTH
        case "household_type":
            only_children = _YES << _YOUTH if code == HouseholdType.ONLY_CHILDREN else 0
            return only_children | yes_no_bits(int(code == HouseholdType.ADULTS_AND_CHILDREN)) << 12
        case "household_size":
            return code << 14
    return 0
