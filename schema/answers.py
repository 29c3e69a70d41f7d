"""The codes an answer may have: HUD's own lists (FY 2024 and 2026 data dictionary) and the bands made from them."""

from __future__ import annotations

from enum import IntEnum
from types import MappingProxyType
from typing import Final

DOES_NOT_KNOW: Final = 8
"""The person does not know (HUD 8)."""

PREFERS_NOT: Final = 9
"""The person prefers not to answer (HUD 9)."""

NOT_COLLECTED: Final = 99
"""Nobody asked, or the question was skipped (HUD 99)."""

NOT_A_VALUE: Final = frozenset({DOES_NOT_KNOW, PREFERS_NOT, NOT_COLLECTED})
"""Codes that say why there is no value; they never sort, count or compare as one."""


class LivingSituation(IntEnum):
    """Where she sleeps (HUD 3.917.1)."""

    EMERGENCY_SHELTER = 101
    NOT_FOR_HABITATION = 116
    SAFE_HAVEN = 118
    PSYCHIATRIC_HOSPITAL = 204
    SUBSTANCE_TREATMENT = 205
    HOSPITAL = 206
    JAIL = 207
    FOSTER_CARE = 215
    LONG_TERM_CARE = 225
    TRANSITIONAL_HOUSING = 302
    HOTEL_SELF_PAID = 314
    HOPWA_TRANSITIONAL = 327
    HALFWAY_HOUSE = 329
    HOST_HOME = 332
    WITH_FAMILY = 335
    WITH_FRIENDS = 336
    RENTAL = 410
    OWNED = 411
    OWNED_WITH_SUBSIDY = 421
    RENTAL_WITH_SUBSIDY = 435
    OTHER = 17


class LengthOfStay(IntEnum):
    """How long she has slept there (HUD 3.917.2)."""

    ONE_NIGHT = 10
    TWO_TO_SIX_NIGHTS = 11
    WEEK_TO_MONTH = 2
    MONTH_TO_90_DAYS = 3
    DAYS_90_TO_YEAR = 4
    YEAR_OR_LONGER = 5


class TimesHomeless(IntEnum):
    """Times on the street, in shelter or safe haven in three years (HUD 3.917.4)."""

    ONE = 1
    TWO = 2
    THREE = 3
    FOUR_OR_MORE = 4


class HouseholdType(IntEnum):
    """Who is housed together (HUD coordinated-entry report)."""

    WITHOUT_CHILDREN = 1
    ADULTS_AND_CHILDREN = 3
    ONLY_CHILDREN = 4


class HouseholdSize(IntEnum):
    """People to be housed together, banded so that a large family is not a name."""

    ONE = 1
    TWO = 2
    THREE = 3
    FOUR = 4
    FIVE_OR_MORE = 5


class AgeBand(IntEnum):
    """Her age in HUD's report bands, in years."""

    UNDER_18 = 1
    FROM_18_TO_24 = 2
    FROM_25_TO_34 = 3
    FROM_35_TO_44 = 4
    FROM_45_TO_54 = 5
    FROM_55_TO_64 = 6
    FROM_65 = 7


class ChildrenBand(IntEnum):
    """How many children are with her; never their ages."""

    NONE = 0
    ONE = 1
    TWO = 2
    THREE_OR_MORE = 3


class YesNo(IntEnum):
    """HUD's yes and no."""

    NO = 0
    YES = 1


class IncomeBand(IntEnum):
    """Her monthly income in HUD's report bands, in dollars."""

    NONE = 0
    TO_150 = 1
    TO_250 = 2
    TO_500 = 3
    TO_1000 = 4
    TO_1500 = 5
    TO_2000 = 6
    OVER_2000 = 7


MONTHS_HOMELESS: Final = range(101, 114)
"""Months homeless in three years (HUD 3.917.5): 101 is one month or less, 112 twelve, 113 more than twelve."""

FACTOR_CODES: Final = MappingProxyType(
    {
        name: frozenset(int(code) for code in codes) | NOT_A_VALUE
        for name, codes in {
            "living_situation": LivingSituation,
            "length_of_stay": LengthOfStay,
            "times_homeless": TimesHomeless,
            "months_homeless": MONTHS_HOMELESS,
            "household_type": HouseholdType,
            "household_size": HouseholdSize,
            "age_band": AgeBand,
            "children_band": ChildrenBand,
            "veteran": YesNo,
            "disabling_condition": YesNo,
            "pregnancy": YesNo,
            "income_band": IncomeBand,
            "unbroken_year": YesNo,
            "homeless_before": YesNo,
        }.items()
    }
)
"""Every ranking factor with every code it may hold; nothing else fits in a summary."""

NUMBERS: Final = MappingProxyType(
    {
        "times_homeless": MappingProxyType({int(code): int(code) for code in TimesHomeless}),
        "months_homeless": MappingProxyType({code: code - 100 for code in MONTHS_HOMELESS}),
        "household_size": MappingProxyType({int(code): int(code) for code in HouseholdSize}),
        "children_band": MappingProxyType({int(code): int(code) for code in ChildrenBand}),
        "age_band": MappingProxyType({1: 10, 2: 18, 3: 25, 4: 35, 5: 45, 6: 55, 7: 65}),
        "income_band": MappingProxyType({0: 0, 1: 1, 2: 151, 3: 251, 4: 501, 5: 1001, 6: 1501, 7: 2001}),
    }
)
"""Factors whose answer is a number, with the least number that each code stands for: months, people, years, dollars."""
