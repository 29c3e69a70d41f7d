"""For any export and any external list: nobody is lost, nobody is named, nobody stands out (P9, P10)."""

from __future__ import annotations

import csv
import re
import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.desk.merging.disguise import BOUND
from kiosk.desk.merging.merge_errors import BadFile, FaultyExport, TooFewRows
from kiosk.desk.merging.row_cells import CELLS
from schema import hmis
from tests.fixtures.external import made_up
from tests.fixtures.hmis import columns
from tests.fixtures.merging import do
from tests.fixtures.small_export import about

CANARY = "Zyxwvut"
BORN = "1987-06-05"
READ = ("Enrollment", "Client", "Exit", "Project", "Organization", "Export")
CELL = re.compile(r"[0-9ynto =a-z]*")
OTHERS = 14
"""Ordinary people beside the odd ones, so that there is a list."""
"""What a cell of the merged list may look like."""

ids = st.sampled_from(["p1", "p2", "p3", "=p4", 'p"5', "p,6", "-7"])
codes = st.sampled_from(["", "0", "1", "2", "3", "4", "5", "8", "9", "99", "101", "112", "113", "116", "zebra", "-1"])
days = st.sampled_from(["2021-02-28", "2024-02-29", "2026-11-22", "2030-01-01"])
blank_or = st.sampled_from([True, False, False])


@st.composite
def exports(draw: st.DrawFn) -> dict[str, list[dict[str, str]]]:
    """Any few enrollments of any few people, in projects that exist or do not."""
    enrollments = [
        {
            "EnrollmentID": f"e{number}",
            "PersonalID": draw(ids),
            "ProjectID": draw(st.sampled_from(["P1", "P1", "P2", "P3"])),
            "EntryDate": draw(days),
            "HouseholdID": draw(st.sampled_from(["", "h1", "h2"])),
            "RelationshipToHoH": draw(st.sampled_from(["1", "1", "2", "99", ""])),
            "MoveInDate": draw(days) if draw(blank_or) else "",
            "DateDeleted": draw(days) if draw(blank_or) else "",
            **{column: draw(codes) for column in hmis.ENROLLMENT.codes if column != "RelationshipToHoH"},
        }
        for number in range(draw(st.integers(0, 8)))
    ]
    people = draw(st.lists(ids, max_size=7))
    exits = draw(st.lists(st.sampled_from([each["EnrollmentID"] for each in enrollments] or ["e"]), max_size=3))
    return {
        "Enrollment": enrollments,
        "Client": [
            {
                "PersonalID": person,
                "VeteranStatus": draw(codes),
                "DOB": draw(st.sampled_from(["", BORN, "2010-01-02"])),
                "DOBDataQuality": "1",
            }
            for person in people
        ],
        "Exit": [{"EnrollmentID": each, "ExitDate": draw(days), "DateDeleted": ""} for each in exits],
        "Project": [
            {"ProjectID": "P1", "OrganizationID": "O1", "ProjectType": "14"},
            {"ProjectID": "P2", "OrganizationID": "O2", "ProjectType": "14"},
        ],
        "Export": [about("2026-11-22")],
        "Organization": [
            {"OrganizationID": "O1", "VictimServiceProvider": "0"},
            {"OrganizationID": "O2", "VictimServiceProvider": "1"},
        ],
    }


def with_others(export: dict[str, list[dict[str, str]]]) -> dict[str, list[dict[str, str]]]:
    """The export with ordinary people, whose answers are all sorts."""
    plain = {
        "ProjectID": "P1", "EntryDate": "2026-10-01", "RelationshipToHoH": "1", "DisablingCondition": "1",
        "TimesHomelessPastThreeYears": "1", "MonthsHomelessPastThreeYears": "104", "LengthOfStay": "3",
        "LOSUnderThreshold": "", "PreviousStreetESSH": "", "HouseholdID": "",
    }  # fmt: skip
    people = [
        {"EnrollmentID": f"o{at}", "PersonalID": f"other{at}", "LivingSituation": "116", **plain}
        for at in range(OTHERS)
    ]
    clients = [
        {"PersonalID": each["PersonalID"], "DOB": BORN, "DOBDataQuality": "1", "VeteranStatus": "0"} for each in people
    ]
    return export | {"Enrollment": [*export["Enrollment"], *people], "Client": [*export["Client"], *clients]}


def write(folder: Path, export: dict[str, list[dict[str, str]]]) -> None:
    """Write it; every column that is not said holds a canary, but for the dates that would delete."""
    folder.mkdir()
    for name, rows in export.items():
        with (folder / f"{name}.csv").open("w", newline="") as file:
            dates = dict.fromkeys(hmis.PROJECT.dates + hmis.ENROLLMENT.dates + ("DateDeleted",), "")
            known = columns(name, 2024)
            writer = csv.DictWriter(file, known, restval=CANARY)
            writer.writeheader()
            writer.writerows({each: "" for each in dates if each in known} | row for row in rows)


@settings(max_examples=80)
@given(exports(), st.lists(st.integers(1, 12), max_size=6, unique=True))
def test_any_two_lists(export: dict[str, list[dict[str, str]]], seeds: list[int]) -> None:
    """P10: every row of both is listed or counted; no cell holds a name, a date of birth or a mark; none stands out."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "hmis", with_others(export))
        done = do(folder, folder / "hmis", map(made_up, seeds))
    inside, outside = done.audit.tallies
    assert (outside.read, inside.read) == (len(seeds), len(export["Enrollment"]) + OTHERS)
    assert outside.kept + inside.kept == len(done.rows) == len(done.hmis_key) + len(done.external_key)
    assert inside.left_out.total() + inside.kept == inside.read
    assert {row["meeting_number"] for row in done.rows} == {*done.hmis_key, *done.external_key}
    assert {key.removeprefix("'") for key in done.hmis_key.values()} <= {
        row["PersonalID"] for row in with_others(export)["Enrollment"]
    }
    assert all(CELL.fullmatch(cell) for row in done.rows for cell in row.values())
    assert CANARY not in done.written and BORN not in done.written
    shown = [[each.partition("=")[2] for each in row["bands"].split()] for row in done.rows]
    whole = [each for each in shown if all(each)]
    assert whole == sorted(whole, reverse=True)
    looks = [tuple(row[column] for column in ("bands", *CELLS)) for row in done.rows]
    theirs = Counter(
        look for look, row in zip(looks, done.rows, strict=True) if row["meeting_number"] in done.external_key
    )
    mine = Counter(look for look, row in zip(looks, done.rows, strict=True) if row["meeting_number"] in done.hmis_key)
    assert all(count * mine.total() <= BOUND * mine[look] * theirs.total() + 1e-9 for look, count in theirs.items())


@settings(max_examples=80)
@given(exports(), st.sampled_from(sorted(READ)), st.integers(0, 4_000), st.binary(min_size=1, max_size=4))
def test_any_mangled_export(export: dict[str, list[dict[str, str]]], file: str, at: int, noise: bytes) -> None:
    """G5: an export whose bytes were changed is merged whole, or refused with a sentence."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "hmis", with_others(export))
        path = folder / "hmis" / f"{file}.csv"
        raw = path.read_bytes()
        at %= len(raw)
        path.write_bytes(raw[:at] + noise + raw[at + len(noise) :])
        try:
            done = do(folder, folder / "hmis", [made_up(1)])
        except (BadFile, FaultyExport, TooFewRows) as refused:
            assert CANARY not in str(refused)
            assert not list(folder.glob("*list*")) and not list(folder.glob("*key*"))
        else:
            assert done.audit.balanced


def test_what_is_read_of_a_person() -> None:
    """MO-12: of Client.csv an id, veteran status and the date that becomes "younger than 25"; of health nothing."""
    assert hmis.CLIENT.columns == ("PersonalID", "DOB", "DOBDataQuality", "VeteranStatus")
    asked = {column for shape in hmis.FILES for column in shape.columns}
    assert len(asked) > 20
    for word in ("Name", "SSN", "Violence", "Fleeing", "Gender", "Sex", "Race", "White", "Pregnan", "Health", "Phone"):
        assert not any(word.casefold() in column.casefold() for column in asked), word
