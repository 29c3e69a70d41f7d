"""HUD's test of chronic homelessness (24 CFR 578.3; HMIS reporting glossary), once for kiosk, desk and merge.

Three parts, each yes, no or not known (`None`): a disabling condition, a homeless place, and the time. No if one part
is no, yes if all are yes, else not known.
"""

from __future__ import annotations

from typing import Final

from schema.answers import LengthOfStay, LivingSituation, TimesHomeless, YesNo
from schema.summary import Factors

Answer = bool | None
"""Yes, no, or not known."""

HOMELESS: Final = frozenset(
    {LivingSituation.EMERGENCY_SHELTER, LivingSituation.NOT_FOR_HABITATION, LivingSituation.SAFE_HAVEN}
)
"""Places that are homeless in HUD's sense (3.917.1)."""
HOMELESS_PROJECTS: Final = frozenset({0, 1, 4, 8})
"""Project types whose people are homeless, wherever they slept before: shelter, outreach, safe haven (2.02.6)."""
INSTITUTIONS: Final = range(200, 300)
HOMES: Final = range(300, 500)
"""Temporary and permanent homes; 17, another place, counts as one of them."""
YEAR: Final = 365
"""Days without a break that are enough by themselves."""
MOST_MONTHS: Final = 14
"""More months than this decide nothing more."""

_UNDER_90_DAYS: Final = {
    LengthOfStay.ONE_NIGHT: True,
    LengthOfStay.TWO_TO_SIX_NIGHTS: True,
    LengthOfStay.WEEK_TO_MONTH: True,
    LengthOfStay.MONTH_TO_90_DAYS: True,
    LengthOfStay.DAYS_90_TO_YEAR: False,
    LengthOfStay.YEAR_OR_LONGER: False,
}
_UNDER_7_NIGHTS: Final = _UNDER_90_DAYS | {LengthOfStay.WEEK_TO_MONTH: False, LengthOfStay.MONTH_TO_90_DAYS: False}


def joined(*parts: Answer) -> Answer:
    """No if one part is no, yes if all are yes, else not known."""
    if False in parts:
        return False
    return None if None in parts else True


def yes_no(code: int | None) -> Answer:
    """HUD's 1 and 0; every other code is not known."""
    return {YesNo.YES: True, YesNo.NO: False}.get(code) if code is not None else None  # type: ignore[call-overload]


def place(
    living: int | None, stay: int | None, under: Answer, homeless_before: Answer, project: int | None = None
) -> Answer:
    """Part b: whether where she sleeps is homeless, or a short stay after such a place.

    `living` is HUD 3.917.1, `stay` 3.917.2, `under` 3.917.2A/B, `homeless_before` 3.917.2C, `project` the type 2.02.6.
    """
    if project in HOMELESS_PROJECTS or living in HOMELESS:
        return True
    if living is None or not (living in INSTITUTIONS or living in HOMES or living == LivingSituation.OTHER):
        return None
    short = under
    if short is None and stay is not None:
        limits = _UNDER_90_DAYS if living in INSTITUTIONS else _UNDER_7_NIGHTS
        short = limits.get(stay)  # type: ignore[call-overload]
    return joined(short, homeless_before)


def time(*, year: bool, dated: bool, times: int | None, months: int | None) -> Answer:
    """Part c: twelve months or more, in one time or in four.

    `year`: a year without a break is sure, by a date or by the stay. `dated`: it is known when this time began, and
    that was not so long ago. `times` is HUD 3.917.4, 1 to 4; `months` how many of the last three years.
    """
    if year:
        return True
    if times == TimesHomeless.FOUR_OR_MORE:
        return None if months is None else months >= 12
    if times not in (1, 2, 3):
        return False if months is not None and months <= 11 else None
    if dated:
        return False
    if months is None:
        return None
    if times == TimesHomeless.ONE:
        # twelve may be eleven and a day
        return True if months >= 13 else None if months == 12 else False
    return None if months >= 13 else False


def chronic(factors: Factors) -> Answer:
    """The whole test of what a visitor said, as of her sitting."""
    return joined(yes_no(factors.disabling_condition), place_of(factors), time_of(factors))


def place_of(factors: Factors) -> Answer:
    """Part b of a visitor's answers."""
    return place(factors.living_situation, factors.length_of_stay, None, yes_no(factors.homeless_before))


def time_of(factors: Factors) -> Answer:
    """Part c of a visitor's answers."""
    return time(
        year=by_days(factors),
        dated=factors.unbroken_year == YesNo.NO,
        times=factors.times_homeless,
        months=months_of(factors),
    )


def by_days(factors: Factors) -> bool:
    """Whether a year without a break is sure: she said so, or has slept so long where she sleeps now."""
    stays = factors.living_situation in HOMELESS and factors.length_of_stay == LengthOfStay.YEAR_OR_LONGER
    return factors.unbroken_year == YesNo.YES or stays


def months_of(factors: Factors) -> int | None:
    """Months of the last three years, 13 for more than twelve (HUD 3.917.5)."""
    return factors.months_homeless - 100 if 101 <= factors.months_homeless <= 113 else None


CHRONIC, NEARLY, NOT_KNOWN_OR_NO = 2, 1, 0


def chronic_band(
    is_chronic: Answer, *, disabling: Answer, sleeps: int | None, times: int | None, months: int | None
) -> int:
    """The first ranking key (CPD-16-11, III): 2 chronic; 1 disabled, homeless, a year in one to three times."""
    if is_chronic:
        return CHRONIC
    nearly = disabling is True and sleeps in HOMELESS and times in (1, 2, 3) and (months or 0) >= 12
    return NEARLY if nearly else NOT_KNOWN_OR_NO


def length_band(*, year: bool, months: int | None) -> int:
    """The second ranking key: 3 for a year or more, 2 from six months, 1 from three, else 0."""
    known = months or 0
    return 3 if year or known >= 12 else 2 if known >= 6 else 1 if known >= 3 else 0


def bands(factors: Factors) -> tuple[int, int]:
    """`chronic` and `length` of a visitor's answers."""
    said = chronic(factors)
    months = months_of(factors)
    return (
        chronic_band(
            said,
            disabling=yes_no(factors.disabling_condition),
            sleeps=factors.living_situation,
            times=factors.times_homeless,
            months=months,
        ),
        length_band(year=by_days(factors), months=months),
    )


def in_words(answer: Answer) -> str:
    """As `--explain` writes it."""
    return {True: "yes", False: "no", None: "unknown"}[answer]


_LENGTHS: Final = (
    "nothing said that counts here",
    "homeless for three to five months of the last three years",
    "homeless for six to eleven months of the last three years",
    "homeless for a year without a break, or for twelve months or more of the last three years",
)


def reason(key: str, factors: Factors) -> str:
    """A computed key's band in words, for the provider."""
    first, length = bands(factors)
    if key == "length":
        return _LENGTHS[length]
    said = chronic(factors)
    if said is None:
        missing = _missing(factors)
        return f"chronically homeless is not known: ask about {missing}" + (" (counts as nearly)" if first else "")
    if said:
        return "chronically homeless by HUD's test: a disabling condition, a homeless place, and the time"
    return (
        "nearly: a disabling condition, a homeless place, a year in one to three times"
        if first
        else "not chronically homeless by HUD's test"
    )


def _missing(factors: Factors) -> str:
    """Which parts of the test are not known."""
    parts = {
        "a disabling condition": yes_no(factors.disabling_condition),
        "where she sleeps, how long, and the night before": place_of(factors),
        "how long and how often she was homeless": time_of(factors),
    }
    return "; ".join(name for name, answer in parts.items() if answer is None)
