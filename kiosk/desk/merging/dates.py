"""Dates of lists: `YYYY-MM-DD`, with a time behind it or without; compared as text, never guessed at."""

from __future__ import annotations

from datetime import date
from typing import Final

from kiosk.desk.merging.faults import BadRow

YOUTH: Final = 25
"""The age, in years, at which a head of household is no youth any more."""
NOT_KNOWN: Final = 99
_OLDEST: Final = "1900-01-01"


def day_of(text: str, file: str, row: int, column: str) -> int:
    """The day of a date, counted from the year 1. Raises BadRow for what is no date."""
    try:
        if text[4:5] != "-" or text[7:8] != "-" or text[10:11] not in ("", " ", "T"):
            raise ValueError
        return date.fromisoformat(text[:10]).toordinal()
    except ValueError:
        raise BadRow(file, row, f"{column} is no date like 2026-01-31") from None


def youth_cut(today: str) -> str:
    """Whoever was born after this date is younger than 25 today."""
    return f"{int(today[:4]) - YOUTH:04d}{today[4:]}"


def is_youth(untrusted_born: str, cut: str, today: str) -> int:
    """1 for younger than 25, 0 for older, 99 when the date is missing, no date, of the future, or from before 1900."""
    if len(untrusted_born) < 10 or untrusted_born[4] != "-" or untrusted_born[7] != "-":
        return NOT_KNOWN
    if not _OLDEST <= untrusted_born[:10] <= today:
        return NOT_KNOWN
    return int(untrusted_born[:10] > cut)
