"""Codes in words, for the provider: what each of HUD's factors says, and what an unknown one means."""

from __future__ import annotations

from typing import Final

from schema.answers import DOES_NOT_KNOW, NOT_COLLECTED, PREFERS_NOT
from schema.summary import AssessmentType, Factors

_UNKNOWN: Final = {
    DOES_NOT_KNOW: "does not know",
    PREFERS_NOT: "prefers not to say",
    NOT_COLLECTED: "not asked, or skipped",
}
_YES_NO: Final = {0: "no", 1: "yes"}
_HOUSEHOLD: Final = {1: "adults only", 3: "adults and children", 4: "children only"}
_MONTHS: Final = {101: "one month or less", 113: "more than twelve"} | {100 + n: f"{n}" for n in range(2, 13)}

FACTORS: Final[dict[str, tuple[str, dict[int, str]]]] = {
    "living_situation": (
        "Sleeps now",
        {
            101: "emergency shelter",
            116: "place not meant for sleeping",
            118: "safe haven",
            204: "psychiatric hospital",
            205: "substance treatment",
            206: "hospital",
            207: "jail",
            215: "foster care",
            225: "long-term care",
            302: "transitional housing",
            314: "hotel, self-paid",
            327: "transitional housing (HOPWA)",
            329: "halfway house",
            332: "host home",
            335: "with family",
            336: "with friends",
            410: "rental",
            411: "owned",
            421: "owned, with subsidy",
            435: "rental, with subsidy",
            17: "other",
        },
    ),
    "length_of_stay": (
        "Has slept there",
        {
            10: "one night",
            11: "two to six nights",
            2: "a week to a month",
            3: "one to three months",
            4: "three months to a year",
            5: "a year or longer",
        },
    ),
    "times_homeless": ("Times homeless, three years", {1: "one", 2: "two", 3: "three", 4: "four or more"}),
    "months_homeless": ("Months homeless, three years", _MONTHS),
    "household_type": ("Household", _HOUSEHOLD),
    "household_size": ("Household size", {1: "one", 2: "two", 3: "three", 4: "four", 5: "five or more"}),
    "age_band": (
        "Age",
        {1: "under 18", 2: "18 to 24", 3: "25 to 34", 4: "35 to 44", 5: "45 to 54", 6: "55 to 64", 7: "65 or older"},
    ),
    "children_band": ("Children", {0: "none", 1: "one", 2: "two", 3: "three or more"}),
    "veteran": ("Veteran", _YES_NO),
    "disabling_condition": ("Disabling condition", _YES_NO),
    "pregnancy": ("Pregnant", _YES_NO),
    "income_band": (
        "Income a month, dollars",
        {
            0: "none",
            1: "up to 150",
            2: "up to 250",
            3: "up to 500",
            4: "up to 1,000",
            5: "up to 1,500",
            6: "up to 2,000",
            7: "over 2,000",
        },
    ),
    "unbroken_year": ("A year without a break", _YES_NO),
    "homeless_before": ("Homeless before a short stay", _YES_NO),
}
"""Each factor's label, and its codes in words."""

ASSESSED: Final = {
    AssessmentType.PHONE: "by phone",
    AssessmentType.VIRTUAL: "online",
    AssessmentType.IN_PERSON: "in person",
}
"""How the talk was held."""


def of(factor: str, code: int) -> str:
    """A factor's code in words."""
    return _UNKNOWN.get(code) or FACTORS[factor][1][code]


def household(code: int) -> str:
    """A household type in words."""
    return of("household_type", code)


def short_household(code: int) -> str:
    """A household type in eight letters, for the table."""
    return {1: "adults", 3: "family", 4: "children"}.get(code, "unknown")


def said(factors: Factors) -> list[tuple[str, str]]:
    """Every factor with its label, in words."""
    return [(label, of(name, getattr(factors, name))) for name, (label, _) in FACTORS.items()]
