"""Dates of lists, and the one thing that becomes of a date of birth."""

from __future__ import annotations

import pytest

from kiosk.desk.merging.dates import day_of, is_youth, youth_cut
from kiosk.desk.merging.faults import BadRow


@pytest.mark.parametrize(
    ("born", "youth"),
    [
        ("2001-11-22", 0),
        ("2001-11-23", 1),
        ("2026-11-22", 1),
        ("1950-01-01 00:00:00", 0),
        ("2026-11-23", 99),
        ("1899-12-31", 99),
        ("", 99),
        ("1/2/1990", 99),
        ("01/02/2010", 99),
        ("unknown date", 99),
    ],
)
def test_youth_is_younger_than_25_today(born: str, youth: int) -> None:
    """Turning 25 today is no youth any more; a date that is missing, of the future or no date says nothing."""
    assert is_youth(born, youth_cut("2026-11-22"), "2026-11-22") == youth


def test_a_leap_day_has_its_turn() -> None:
    """29 February of a year whose 25th before it had none."""
    cut = youth_cut("2028-02-29")
    assert (is_youth("2003-02-28", cut, "2028-02-29"), is_youth("2003-03-01", cut, "2028-02-29")) == (0, 1)


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-02-30", "2025-02-29", "1/31/2026", "20260131", "2026-W01-1", "2026-01-31x"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    """Nobody guesses which day a spreadsheet meant."""
    with pytest.raises(BadRow, match=r"row 7: EntryDate is no date"):
        day_of(text, "Enrollment.csv", 7, "EntryDate")


def test_a_time_behind_a_date_is_passed_over() -> None:
    assert day_of("2024-02-29 12:00:00", "x", 2, "y") == day_of("2024-02-29", "x", 2, "y")
