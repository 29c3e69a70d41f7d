"""What is written: harmless cells, and meeting numbers."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.desk.merging.row_numbers import draw
from kiosk.desk.merging.spreadsheet_safe import safe, safe_id
from kiosk.vault.numbers import DIGITS, damm

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1", "＋1", "－1", "＠x", "|cmd", "%x")


@pytest.mark.parametrize("cell", [*FORMULAS, '=HYPERLINK("http://x";"y")', "=cmd|' /C calc'!A0"])
def test_no_cell_runs(cell: str) -> None:
    """G6: what a spreadsheet would run as a formula begins with an apostrophe."""
    (read,) = next(csv.reader(io.StringIO(safe(cell), newline="")))
    assert read == "'" + cell


@given(st.text(max_size=40))
def test_a_cell_comes_back_as_it_was(cell: str) -> None:
    """G6: no cell breaks its row, and but for the apostrophe nothing is changed."""
    row = f"{safe(cell)},{safe(cell)}\r\n"
    ((first, second),) = list(csv.reader(io.StringIO(row, newline="")))
    assert first == second
    assert first in (cell, "'" + cell)
    assert not first.lstrip().startswith(("=", "+", "-", "@"))


def test_a_plain_cell_stays_plain() -> None:
    assert [safe(each) for each in ("A4D16D7F", "12", "", "a-b c")] == ["A4D16D7F", "12", "", "a-b c"]


@pytest.mark.parametrize(
    "text", ["0003", "73928e05", "1E5", "20260131", "2026-01-31", "1/2", "MAR2", "TRUE", "1:30", "12345678901"]
)
def test_an_id_that_a_spreadsheet_would_change_is_guarded(text: str) -> None:
    """A leading zero, an exponent, a day, a truth, a number too long to keep: an apostrophe keeps it as text."""
    if text == "20260131":
        assert safe_id(text) == text  # a short number stays itself
    else:
        assert safe_id(text) == "'" + text


@pytest.mark.parametrize("text", ["A", "E1", "12", "P_14", "A4D16D7F", "00C16D7F0A4B1D2F3E", "person1"])
def test_an_id_that_stays_is_left_alone(text: str) -> None:
    """What no spreadsheet changes is written as it is."""
    assert safe_id(text) == text


@pytest.mark.parametrize("count", [0, 1, 1_000, 99_999, 150_000])
def test_meeting_numbers_are_told_apart(count: int) -> None:
    """P10: different, random, each with its check digit, and never as long as a visitor's own number."""
    numbers = list(draw(count))
    assert len(set(numbers)) == count
    lengths = {len(str(number)) for number in numbers}
    assert len(lengths) <= 1 and DIGITS not in lengths
    assert all(damm(str(number)) == 0 for number in numbers[:3_000])
    if count > 100:
        assert numbers != sorted(numbers)
        assert set(draw(count)) != set(numbers)
