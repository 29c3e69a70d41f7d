"""What the registry lacks, said by named provider (MO-04, MO-13, MO-29)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from kiosk.directory.area import EVERYWHERE, Provider
from kiosk.directory.checking import faults, uncovered
from tests.unit.directory.area import COUNTIES, HARBOR, RIVER, area

TODAY = date(2026, 12, 1)
FULL = Provider(
    RIVER, COUNTIES, able=True, willing=True, optional_access_point=True, last_called=TODAY - timedelta(days=90)
)


def test_nothing_is_amiss() -> None:
    """Each county has a provider that is able and willing, called 90 days ago."""
    assert list(faults(area(FULL), COUNTIES, TODAY)) == []


def test_able_and_willing_both_count_and_a_line_for_everywhere_does_not() -> None:
    """MO-04: one of the two is not enough, and nobody is named for a county by serving everywhere."""
    able = replace(FULL, counties=("Cedar County",), willing=False)
    willing = replace(FULL, agency=HARBOR, counties=("Cedar County", "Lake County"), able=False)
    line = replace(FULL, agency=replace(HARBOR, code="LINE"), counties=(EVERYWHERE,))
    assert uncovered(area(able, willing, line), COUNTIES) == list(COUNTIES)
    assert uncovered(area(FULL, line), (*COUNTIES, "Far County")) == ["Far County"]
    said = list(faults(area(able, willing, line), COUNTIES, TODAY))
    assert said[0] == (
        "Cedar County: no provider is able and willing (RIVER: able, not willing; HARBOR-2: not able, willing)."
    )
    assert said[2] == "North County, River County: no provider is able and willing (none names this county)."


def test_a_number_that_nobody_called_is_named() -> None:
    """MO-29: after 90 days, or never, or on a day to come, the provider is named with its number."""
    late = replace(FULL, last_called=TODAY - timedelta(days=91))
    assert list(faults(area(late), COUNTIES, TODAY)) == [
        "RIVER (573-555-0100): last called 2026-09-01, 91 days ago. Call, then `called RIVER`."
    ]
    for day in (None, TODAY + timedelta(days=1)):
        (said,) = faults(area(replace(FULL, last_called=day)), COUNTIES, TODAY)
        assert said == "RIVER (573-555-0100): nobody has called yet. Call, then `called RIVER`."


def test_what_a_visitor_would_miss_or_a_passer_by_would_learn() -> None:
    """No telephone, no hours, an unknown county, a word that tells what this is for, no access point: each is said."""
    bare = replace(RIVER, telephone="", label={"en": "Domestic violence shelter"})
    far = replace(FULL, agency=replace(HARBOR, hours={}), counties=("Nowhere",), outside_region=True)
    said = " ".join(
        faults(area(replace(FULL, agency=bare), replace(far, optional_access_point=False)), COUNTIES, TODAY)
    )
    for part in (
        "RIVER has no telephone",
        "HARBOR-2 has no hours",
        "HARBOR-2: Nowhere is no county of the pack",
        "RIVER: 'Domestic' would tell a passer-by",
        "HARBOR-2 lies outside the region and is no access point",
    ):
        assert part in said
    assert "No provider is named as the optional access point" in " ".join(
        faults(area(replace(FULL, optional_access_point=False)), COUNTIES, TODAY)
    )


def test_a_pack_without_counties_still_wants_somebody() -> None:
    """MO-04: where a pack names no county, one provider at all is able and willing."""
    idle = replace(FULL, counties=(EVERYWHERE,), willing=False)
    assert "Nobody in this area is able and willing" in next(faults(area(idle), (), TODAY))
