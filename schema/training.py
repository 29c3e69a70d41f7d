"""What staff are trained in every year, and the shape of a ledger entry."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

CODE_LENGTHS: Final = (2, 12)
"""The shortest and longest code of staff or an agency, in letters."""
ITEMS: Final = {
    "dv-sv": "domestic and sexual violence, and what violence does to thinking and deciding",
    "vawa-transfers": "emergency transfers under VAWA",
}
"""Yearly trainings by their code, in an operator's words (MO-06, MO-07)."""

_CODE: Final = re.compile(r"[A-Z0-9-]+")


def is_staff_code(text: object) -> bool:
    """Whether `text` can be a code: 2 to 12 capital letters, digits and hyphens."""
    shortest, longest = CODE_LENGTHS
    return isinstance(text, str) and shortest <= len(text) <= longest and _CODE.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Training:
    """One training of one person. Raises ValueError, naming the field, for what is no code or no day since 2000."""

    code: str
    item: str
    day: date
    trained_by: str

    def __post_init__(self) -> None:
        for field, good in (
            ("code", is_staff_code(self.code)),
            ("item", self.item in ITEMS),
            ("day", isinstance(self.day, date) and 2000 <= self.day.year <= 2099),
            ("trained_by", is_staff_code(self.trained_by)),
        ):
            if not good:
                raise ValueError(field)


AMBER_MONTHS, RED_MONTHS = 11, 12
"""Months after a training from which it is due soon, and from which it is overdue (MO-06)."""


class Standing(Enum):
    """How a yearly training stands, in words; the worst comes last."""

    CURRENT = "current"
    DUE_SOON = "due soon"
    OVERDUE = "overdue"
    NEVER = "none on record"


@dataclass(frozen=True, slots=True)
class Need:
    """One person, one yearly training, and how it stands."""

    code: str
    item: str
    last: Training | None
    """The latest one; `None` for none on record."""
    due: date | None
    """The day from which it is overdue."""
    standing: Standing


def after_months(day: date, months: int) -> date:
    """Return the same day so many months later, or the last one of a month that is shorter."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def needs(trainings: Iterable[Training], today: date) -> list[Need]:
    """Return how every yearly training of everybody on record stands, by code and item; a day to come is none yet."""
    latest: dict[tuple[str, str], Training] = {}
    codes = set()
    for training in trainings:
        codes.add(training.code)
        key = (training.code, training.item)
        if training.day <= today and (key not in latest or training.day > latest[key].day):
            latest[key] = training
    return [_need(code, item, latest.get((code, item)), today) for code in sorted(codes) for item in ITEMS]


def _need(code: str, item: str, last: Training | None, today: date) -> Need:
    if last is None:
        return Need(code, item, None, None, Standing.NEVER)
    due = after_months(last.day, RED_MONTHS)
    if today >= due:
        standing = Standing.OVERDUE
    else:
        standing = Standing.DUE_SOON if today >= after_months(last.day, AMBER_MONTHS) else Standing.CURRENT
    return Need(code, item, last, due, standing)
