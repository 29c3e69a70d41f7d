"""Months as whole numbers, so that fifty thousand of them are small and quick to compare."""

from __future__ import annotations

from datetime import date, timedelta

WITHOUT_A_WORD = 90
"""Days after which a silence is told (the list rules' `contact_days`)."""


def month_number(text: str) -> int:
    """`YYYY-MM` as months since the year 0. Raises ValueError."""
    day = date.fromisoformat(f"{text}-01")
    return day.year * 12 + day.month - 1


def month_text(number: int) -> str:
    """Months since the year 0 as `YYYY-MM`."""
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def silent_before(day: date) -> int:
    """The first month in which a last word is no older than `WITHOUT_A_WORD` days, by the end of that month."""
    since = day - timedelta(days=WITHOUT_A_WORD)
    return since.year * 12 + since.month - 1
