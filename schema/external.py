"""The canonical external list: one row a number, codes and bands only, in fixed columns (MO-08, MO-09)."""

from __future__ import annotations

import re
from dataclasses import astuple, dataclass, fields
from enum import IntEnum
from typing import Final

from schema.answers import FACTOR_CODES, NOT_A_VALUE, NOT_COLLECTED, AgeBand, HouseholdType, LivingSituation
from schema.summary import CODE_LENGTHS, AssessmentType, Factors, check, check_short, is_code, is_month, is_number

HIGHEST_SCORE: Final = 0xFFFF
HIGHEST_BAND: Final = 255
"""The highest band of a ranking key that a list carries."""
_FINGERPRINT: Final = re.compile(r"[0-9a-f]{16}")
_TIE_BREAK: Final = re.compile(r"[0-9a-f]{32}")


class AssessmentLevel(IntEnum):
    """What the assessment was for (HUD 4.19.4)."""

    CRISIS = 1
    HOUSING = 2


class PrioritizationStatus(IntEnum):
    """Whether the household is placed on the prioritization list (HUD 4.19.7)."""

    PLACED = 1
    NOT_PLACED = 2


class Sheltered:
    """How `sheltered` is written: nothing when it is not known."""

    YES: Final = "y"
    NO: Final = "n"
    UNKNOWN: Final = ""


STATUSES: Final = ("", "reached", "not-reached", "accepted", "declined", "housed", "no-longer-needed")
"""What `status` may hold."""


@dataclass(frozen=True, slots=True, repr=False)
class ExternalRow:
    """One row of the list; its fields are the columns, in their order.

    There is deliberately no harm mark, no place smaller than a region, no day, no age, no language, no race and no text
    of anybody's own. Raises SummaryFault, naming the field, when a value is no code of its kind.
    """

    list_number: int
    """The visitor's number, eight digits without spaces."""
    region: str
    household_type: int
    """1, 3 or 4 (`HouseholdType`), or 8, 9, 99."""
    household_size_band: int
    """1 to 5 (`HouseholdSize`), or 8, 9, 99."""
    assessment_month: str
    """`YYYY-MM`."""
    assessment_type: int
    """HUD 4.19.3: 1 phone, 2 virtual, 3 in person."""
    assessment_level: int
    """HUD 4.19.4: 1 crisis, 2 housing."""
    tool: str
    """The content pack's id."""
    tool_version: int
    """The pack's instrument version."""
    score: int
    """Points under the profile, 0 to 65,535."""
    disabling_condition: int
    """0, 1, 8, 9, 99."""
    chronic_status: int
    """The band of the profile's key `chronic`; 0 when the profile has none."""
    months_band: int
    """The band of the profile's key `length`, or `months` in older profiles; 0 when the profile has neither."""
    times_band: int
    """HUD 3.917.4: 1 to 3, 4 for four or more, or 8, 9, 99."""
    veteran: int
    """0, 1, 8, 9, 99."""
    youth_household: int
    """0, 1 or 99 (`youth_household`)."""
    sheltered: str
    """`y`, `n`, or nothing when it is not known (`sheltered`)."""
    prioritization_status: int
    """HUD 4.19.7: 1 placed, 2 not placed."""
    contact_agency_code: str
    release_expires: str
    """The last month of the release, `YYYY-MM`; empty when there is none, and then no list may take the row."""
    profile_fingerprint: str
    """16 hex letters (MO-05)."""
    tie_break: str
    """`kiosk.priority.rank.tie_break` of the number, 32 hex letters."""
    status: str = ""
    """What became of her since (`STATUSES`); empty until somebody says so. Since the second header."""

    def __post_init__(self) -> None:
        check(is_number(self.list_number), "list_number")
        for name, kind in (("region", "region"), ("tool", "pack"), ("contact_agency_code", "agency")):
            check(is_code(getattr(self, name), CODE_LENGTHS[kind]), name)
        for name, codes in CODES.items():
            check(type(getattr(self, name)) is int and getattr(self, name) in codes, name)
        check(is_month(self.assessment_month), "assessment_month")
        check(self.release_expires == "" or is_month(self.release_expires), "release_expires")
        check_short("tool_version", self.tool_version)
        check_short("score", self.score)
        check(self.status in STATUSES, "status")
        check(self.sheltered in (Sheltered.YES, Sheltered.NO, Sheltered.UNKNOWN), "sheltered")
        for name, form in (("profile_fingerprint", _FINGERPRINT), ("tie_break", _TIE_BREAK)):
            value = getattr(self, name)
            check(isinstance(value, str) and form.fullmatch(value) is not None, name)

    def cells(self) -> tuple[str, ...]:
        """The row as it is written, one text a column."""
        return tuple(str(value) for value in astuple(self))


COLUMNS: Final = tuple(each.name for each in fields(ExternalRow))
"""The header of the list: a UTF-8 CSV file with commas."""
FIRST_HEADER: Final = COLUMNS[:-1]
"""The header of lists that were made before there was a status; they are still read."""
WHOLE_NUMBERS: Final = tuple(each.name for each in fields(ExternalRow) if each.type == "int")
"""Columns that hold a whole number."""
CODES: Final = {
    "household_type": FACTOR_CODES["household_type"],
    "household_size_band": FACTOR_CODES["household_size"],
    "assessment_type": frozenset(map(int, AssessmentType)),
    "assessment_level": frozenset(map(int, AssessmentLevel)),
    "disabling_condition": FACTOR_CODES["disabling_condition"],
    "chronic_status": frozenset(range(HIGHEST_BAND + 1)),
    "months_band": frozenset(range(HIGHEST_BAND + 1)),
    "times_band": FACTOR_CODES["times_homeless"],
    "veteran": FACTOR_CODES["veteran"],
    "youth_household": frozenset({0, 1, NOT_COLLECTED}),
    "prioritization_status": frozenset(map(int, PrioritizationStatus)),
}
"""The codes that each coded column may hold."""


def youth_household(factors: Factors) -> int:
    """1 for a household of children only or whose head is younger than 25, 0 for another, 99 when it is not known."""
    if factors.household_type == HouseholdType.ONLY_CHILDREN:
        return 1
    if factors.age_band in NOT_A_VALUE:
        return NOT_COLLECTED
    return int(factors.age_band in (AgeBand.UNDER_18, AgeBand.FROM_18_TO_24))


def sheltered(factors: Factors) -> str:
    """`n` in a place not meant for sleeping (HUD 116), `y` in any other, nothing when it is not known."""
    if factors.living_situation in NOT_A_VALUE:
        return Sheltered.UNKNOWN
    return Sheltered.NO if factors.living_situation == LivingSituation.NOT_FOR_HABITATION else Sheltered.YES
