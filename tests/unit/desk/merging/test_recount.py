"""The merge agrees with an independent recount of the list rules, on any small export (and on public ones by hand)."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.desk.merging.data_faults import DataFaults
from kiosk.desk.merging.export_files import source
from kiosk.desk.merging.hmis_tables import read
from kiosk.desk.merging.list_rules import ListRules
from kiosk.desk.merging.waiting import explained, waiting
from tests.fixtures.small_export import split, write
from tests.recount import Recount

DAY = date(2026, 6, 30)
days = st.sampled_from(
    ["", "2015-03-02", "2017-09-30", "2024-06-30", "2025-07-01", "2026-01-01", "2026-03-31", "2026-04-01", "2026-05-04",
     "2026-06-20", "2026-06-24", "2026-06-30", "2026-07-01"]
)  # fmt: skip
places = st.sampled_from(["", "99", "8", "101", "116", "118", "204", "207", "302", "314", "335", "410", "435", "17"])
yes_no = st.sampled_from(["", "0", "1", "1", "99"])
KINDS = ["0", "1", "2", "3", "4", "6", "8", "9", "10", "12", "13", "14", "14", "14"]
births = {"A": "1985-05-05", "B": "2008-06-30", "C": "2012-01-01", "D": ""}


@st.composite
def enrollments(draw: st.DrawFn) -> list[dict[str, Any]]:
    """A few enrollments of a few people in projects of every kind."""
    kinds = {f"P{at}": draw(st.sampled_from(KINDS)) for at in range(3)}
    victim = draw(st.sampled_from(["0", "0", "0", "1", ""]))
    found = []
    for at in range(draw(st.integers(1, 6))):
        person, project = draw(st.sampled_from("ABCD")), draw(st.sampled_from(sorted(kinds)))
        row: dict[str, Any] = {
            "EnrollmentID": f"E{at}", "PersonalID": person, "ProjectID": project, "ProjectType": kinds[project],
            "EntryDate": draw(days),
            "HouseholdID": draw(st.sampled_from(["", "H1", "H1", "H2"])),
            "RelationshipToHoH": draw(st.sampled_from(["1", "1", "2", "3", "99", ""])),
            "LivingSituation": draw(places),
            "LengthOfStay": draw(st.sampled_from(["", "2", "3", "4", "5", "10", "11"])),
            "LOSUnderThreshold": draw(yes_no), "PreviousStreetESSH": draw(yes_no), "DisablingCondition": draw(yes_no),
            "DateToStreetESSH": draw(days), "MoveInDate": draw(st.one_of(st.just(""), days)),
            "TimesHomelessPastThreeYears": draw(st.sampled_from(["", "1", "2", "3", "4", "9"])),
            "MonthsHomelessPastThreeYears": draw(st.sampled_from(["", "101", "105", "110", "111", "112", "113", "8"])),
            "DateDeleted": draw(st.sampled_from(["", "", "", "2026-01-01"])),
            "ExitDate": draw(st.one_of(st.just(""), st.just(""), days)),
            "Destination": draw(st.sampled_from(["", "24", "116", "410", "435"])),
            "DOB": births[person], "DOBDataQuality": "1", "VictimServiceProvider": victim if project == "P2" else "0",
            "CurrentLivingSituation": draw(st.lists(st.fixed_dictionaries(
                {"InformationDate": days, "CurrentLivingSituation": places}), max_size=2)),
            "Services": draw(st.lists(st.fixed_dictionaries(
                {"DateProvided": days, "RecordType": st.sampled_from(["200", "12"])}), max_size=1)),
            "Assessment": draw(st.lists(st.fixed_dictionaries(
                {"AssessmentDate": days, "PrioritizationStatus": st.sampled_from(["1", "2", ""])}), max_size=1)),
            "Event": draw(st.lists(st.fixed_dictionaries({"EventDate": days}), max_size=1)),
        }  # fmt: skip
        if kinds[project] == "6" and draw(st.booleans()):
            row["AccessPoint"] = "1"
        found.append(row)
    return found


@settings(max_examples=120, deadline=None)
@given(enrollments())
def test_any_export_is_counted_the_same_twice(joined: list[dict[str, Any]]) -> None:
    """Every enrollment has the reason, the notes and the chronic status that a second program gives it."""
    with tempfile.TemporaryDirectory() as name:
        export = write(Path(name) / "hmis", split(joined, DAY.isoformat()))
        found = explained(waiting(read([source(export)], DataFaults()), DAY, ListRules()))
        expected = Recount(export, DAY).lines()
    assert [tuple(cell or "" for cell in row) for row in found.iter_rows()] == expected
