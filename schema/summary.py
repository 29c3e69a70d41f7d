"""What a summary holds: codes only, checked when made, and silent when printed (P6)."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from enum import IntEnum
from typing import Final

from schema.answers import FACTOR_CODES, NOT_COLLECTED

CODE_LENGTHS: Final = {"region": 16, "agency": 16, "pack": 24}
"""The longest code of each kind, in letters."""
PHRASE_CHECK_LENGTH: Final = 8
"""Bytes of a withdrawal phrase's check."""

LOWEST_NUMBER: Final = 10_000_000
HIGHEST_NUMBER: Final = 99_999_999
_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")
_MONTH: Final = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")
_FINGERPRINT: Final = re.compile(r"[0-9a-f]{16}")


class SummaryFault(ValueError):
    """A field cannot hold what it was given; names the field, never the value."""

    def __init__(self, field: str) -> None:
        super().__init__(f"{field} holds something that is no code of its kind")
        self.field = field


def check(good: bool, field: str) -> None:
    """Raises SummaryFault for `field` unless `good`."""
    if not good:
        raise SummaryFault(field)


class Pathway(IntEnum):
    """Which list she chose to wait on (MO-03); it never changes score or rank (P9)."""

    EXTERNAL = 1
    HMIS = 2
    UNDECIDED = 3


class PlanMode(IntEnum):
    """What became of the plan; its content is never kept."""

    NONE = 0
    SPOKEN = 1
    MEMORISED = 2
    PRINTED = 3


class AssessmentType(IntEnum):
    """How the talk was held (HUD 4.19.3)."""

    PHONE = 1
    VIRTUAL = 2
    IN_PERSON = 3


class ReferralOutcome(IntEnum):
    """What came of the offer to call victim services (MO-30)."""

    NOT_OFFERED = 0
    CALLED = 1
    LATER = 2
    DECLINED = 3


def is_month(text: object) -> bool:
    """Whether `text` is a month as `YYYY-MM`, 2000 to 2099."""
    return isinstance(text, str) and _MONTH.fullmatch(text) is not None


def is_code(text: object, longest: int) -> bool:
    """Whether `text` is a code: ASCII letters, digits and hyphens, `longest` at most."""
    return isinstance(text, str) and len(text) <= longest and _CODE.fullmatch(text) is not None


def is_number(number: object) -> bool:
    """Whether `number` lies in the range of visitors' numbers; the check digit is `kiosk.vault.numbers`'."""
    return type(number) is int and LOWEST_NUMBER <= number <= HIGHEST_NUMBER


@dataclass(frozen=True, slots=True, repr=False)
class Factors:
    """Everything that ranking may look at, in HUD's codes (`schema.answers`)."""

    living_situation: int = NOT_COLLECTED
    length_of_stay: int = NOT_COLLECTED
    times_homeless: int = NOT_COLLECTED
    months_homeless: int = NOT_COLLECTED
    household_type: int = NOT_COLLECTED
    household_size: int = NOT_COLLECTED
    age_band: int = NOT_COLLECTED
    children_band: int = NOT_COLLECTED
    veteran: int = NOT_COLLECTED
    disabling_condition: int = NOT_COLLECTED
    pregnancy: int = NOT_COLLECTED
    income_band: int = NOT_COLLECTED
    unbroken_year: int = NOT_COLLECTED
    """Whether she has been without a home for twelve months or more without a break; since codec 2."""
    homeless_before: int = NOT_COLLECTED
    """Whether the night before this short stay was on the street or in a shelter (HUD 3.917.2C); since codec 2."""

    def __post_init__(self) -> None:
        for field in fields(self):
            code = getattr(self, field.name)
            check(isinstance(code, int) and int(code) in FACTOR_CODES[field.name], field.name)


@dataclass(frozen=True, slots=True, repr=False)
class Summary:
    """What one sitting leaves behind, if she keeps it.

    Raises SummaryFault, naming the field, when a value is no code of its kind.
    """

    month: str
    """The month of the sitting, `YYYY-MM`; never a day."""
    region: str
    agency: str
    pack: str
    """The content pack's id."""
    instrument: int
    """The version of the pack's questions, 0 to 65,535."""
    profile: str
    """The scoring profile's fingerprint, 16 hex letters (MO-05)."""
    score: int
    """Points under that profile, 0 to 65,535."""
    factors: Factors
    assessment_type: AssessmentType
    pathway: Pathway
    release: bool
    """Whether she agreed that the row leaves the agency."""
    release_expires: str | None
    """The last month of the release, `YYYY-MM`; `None` when there is none."""
    plan_mode: PlanMode
    revisit: bool
    """Staff's "come back to this gently" (MO-21)."""
    phrase_check: bytes
    """`kiosk.seal.phrase.phrase_check` of her withdrawal phrase, 8 bytes."""
    referral_outcome: int = ReferralOutcome.NOT_OFFERED

    def __post_init__(self) -> None:
        check(is_month(self.month), "month")
        for name, longest in CODE_LENGTHS.items():
            check(is_code(getattr(self, name), longest), name)
        check_short("instrument", self.instrument)
        check_short("score", self.score)
        check(isinstance(self.profile, str) and _FINGERPRINT.fullmatch(self.profile) is not None, "profile")
        check(isinstance(self.factors, Factors), "factors")
        for name, kind in (
            ("assessment_type", AssessmentType),
            ("pathway", Pathway),
            ("plan_mode", PlanMode),
            ("referral_outcome", ReferralOutcome),
        ):
            value = getattr(self, name)
            check(isinstance(value, int) and value in kind.__members__.values(), name)
        for name in ("release", "revisit"):
            check(isinstance(getattr(self, name), bool), name)
        check(self.release_expires is None or is_month(self.release_expires), "release_expires")
        check(self.release or self.release_expires is None, "release_expires")
        check_phrase(self.phrase_check)


def check_short(field: str, value: object) -> None:
    """Raises SummaryFault unless `value` is a whole number of two bytes."""
    check(type(value) is int and 0 <= value <= 0xFFFF, field)


def check_phrase(value: object) -> None:
    """Raises SummaryFault unless `value` can be a phrase's check."""
    check(isinstance(value, bytes) and len(value) == PHRASE_CHECK_LENGTH, "phrase_check")
