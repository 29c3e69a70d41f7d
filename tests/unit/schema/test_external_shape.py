from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from kiosk.priority.profile import load
from kiosk.priority.rank import tie_break
from schema.external import COLUMNS, WHOLE_NUMBERS, ExternalRow, sheltered, youth_household
from schema.summary import Factors, SummaryFault

FIXED = [
    "list_number",
    "region",
    "household_type",
    "household_size_band",
    "assessment_month",
    "assessment_type",
    "assessment_level",
    "tool",
    "tool_version",
    "score",
    "disabling_condition",
    "chronic_status",
    "months_band",
    "times_band",
    "veteran",
    "youth_household",
    "sheltered",
    "prioritization_status",
    "contact_agency_code",
    "release_expires",
    "profile_fingerprint",
    "tie_break",
    "status",
]
FORBIDDEN = ("violence", "victim", "dv", "harm", "birth", "ssn", "address", "phone", "county", "race", "text", "day")


def a_row(**changes: Any) -> ExternalRow:
    whole = ExternalRow(
        list_number=12_345_674,
        region="MO-606",
        household_type=3,
        household_size_band=2,
        assessment_month="2026-11",
        assessment_type=3,
        assessment_level=2,
        tool="us-mo",
        tool_version=1,
        score=5,
        disabling_condition=0,
        chronic_status=0,
        months_band=1,
        times_band=2,
        veteran=99,
        youth_household=0,
        sheltered="n",
        prioritization_status=1,
        contact_agency_code="harbor",
        release_expires="2027-11",
        profile_fingerprint=load().fingerprint,
        tie_break=tie_break(12_345_674, bytes(32)).hex(),
    )
    return dataclasses.replace(whole, **changes)


def test_the_columns_are_the_canonical_ones() -> None:
    """MO-08: the external list has its fixed columns in their order, and none of them could hold a harm mark."""
    assert list(COLUMNS) == FIXED
    assert len(a_row().cells()) == len(COLUMNS)
    assert a_row().cells()[:4] == ("12345674", "MO-606", "3", "2")
    for column in COLUMNS:
        assert not any(word in column for word in FORBIDDEN), column
    assert "score" in WHOLE_NUMBERS and "tool" not in WHOLE_NUMBERS


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("list_number", 1_234),
        ("region", "Jane Roe"),
        ("household_type", 2),
        ("assessment_month", "2026-11-22"),
        ("assessment_level", 3),
        ("tool", "=1+1"),
        ("score", -1),
        ("score", True),
        ("chronic_status", 256),
        ("youth_household", 8),
        ("sheltered", "yes"),
        ("release_expires", "soon"),
        ("profile_fingerprint", "x" * 16),
        ("tie_break", "0" * 31),
    ],
)
def test_nothing_but_codes_fits(field: str, value: object) -> None:
    """P6: a value that is no code of its column is refused, and the refusal does not repeat it."""
    with pytest.raises(SummaryFault) as told:
        a_row(**{field: value})
    assert told.value.field == field
    assert str(value) not in str(told.value)


def test_youth_and_shelter_are_derived_in_one_way() -> None:
    """What is not known stays unknown: it is neither yes nor no."""
    assert [youth_household(Factors(age_band=code)) for code in (1, 2, 3, 9)] == [1, 1, 0, 99]
    assert youth_household(Factors(household_type=4)) == 1
    assert [sheltered(Factors(living_situation=code)) for code in (116, 101, 335, 8, 99)] == ["n", "y", "y", "", ""]
