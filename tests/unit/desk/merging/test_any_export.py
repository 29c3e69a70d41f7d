"""For any export and any external list: nobody is lost, nobody is named, nobody stands out (P9, P10)."""

from __future__ import annotations

import csv
import re
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.desk.merging.faults import BadFile
from kiosk.desk.merging.looks import COLUMNS as LOOKS
from schema import hmis
from tests.fixtures.external import made_up
from tests.fixtures.hmis import columns
from tests.fixtures.merging import do

CANARY = "Zyxwvut"
BORN = "1987-06-05"
READ = {
    "Enrollment": hmis.Enrollment,
    "Client": hmis.Client,
    "Exit": hmis.Exit,
    "Project": hmis.Project,
    "Organization": hmis.Organization,
}
CELL = re.compile(r"[0-9ynto =a-z]*")
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
            **{
                column: draw(codes)
                for column in hmis.Enrollment._fields
                if column.endswith(("Situation", "Stay", "Years", "Condition"))
            },
        }
        for number in range(draw(st.integers(0, 8)))
    ]
    people = draw(st.lists(ids, max_size=7))
    exits = draw(st.lists(st.sampled_from([each["EnrollmentID"] for each in enrollments] or ["e"]), max_size=3))
    return {
        "Enrollment": enrollments,
        "Client": [
            {"PersonalID": person, "VeteranStatus": draw(codes), "DOB": draw(st.sampled_from(["", BORN, "2010-01-02"]))}
            for person in people
        ],
        "Exit": [{"EnrollmentID": each, "ExitDate": draw(days), "DateDeleted": ""} for each in exits],
        "Project": [{"ProjectID": "P1", "OrganizationID": "O1"}, {"ProjectID": "P2", "OrganizationID": "O2"}],
        "Organization": [
            {"OrganizationID": "O1", "VictimServiceProvider": "0"},
            {"OrganizationID": "O2", "VictimServiceProvider": "1"},
        ],
    }


def write(folder: Path, export: dict[str, list[dict[str, str]]]) -> None:
    """Write it; every column that is not said holds a canary, but for the dates that would delete."""
    folder.mkdir()
    for name, rows in export.items():
        with (folder / f"{name}.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, columns(name, 2024), restval=CANARY)
            writer.writeheader()
            writer.writerows({"DateDeleted": ""} | row for row in rows)


@settings(max_examples=80)
@given(exports(), st.lists(st.integers(1, 12), max_size=6, unique=True))
def test_any_two_lists(export: dict[str, list[dict[str, str]]], seeds: list[int]) -> None:
    """P10: every row of both is listed or counted; no cell holds a name, a date of birth or a mark; none stands out."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "hmis", export)
        done = do(folder, folder / "hmis", map(made_up, seeds))
    outside, inside = done.audit.tallies
    assert (outside.read, inside.read) == (len(seeds), len(export["Enrollment"]))
    assert outside.kept + inside.kept == len(done.rows) == len(done.hmis_key) + len(done.external_key)
    assert inside.left_out.total() + inside.kept == inside.read
    assert {row["meeting_number"] for row in done.rows} == {*done.hmis_key, *done.external_key}
    assert {key.removeprefix("'") for key in done.hmis_key.values()} <= {
        row["PersonalID"] for row in export["Enrollment"]
    }
    assert all(CELL.fullmatch(cell) for row in done.rows for cell in row.values())
    assert CANARY not in done.written and BORN not in done.written
    bands = [[int(each.partition("=")[2]) for each in row["bands"].split()] for row in done.rows]
    assert bands == sorted(bands, reverse=True)
    if done.hmis_key and done.external_key:
        for column in LOOKS:
            theirs = {row[column] for row in done.rows if row["meeting_number"] in done.external_key}
            assert theirs <= {row[column] for row in done.rows if row["meeting_number"] in done.hmis_key}


@settings(max_examples=80)
@given(exports(), st.sampled_from(sorted(READ)), st.integers(0, 4_000), st.binary(min_size=1, max_size=4))
def test_any_mangled_export(export: dict[str, list[dict[str, str]]], file: str, at: int, noise: bytes) -> None:
    """G5: an export whose bytes were changed is merged whole, or refused with a sentence."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "hmis", export)
        path = folder / "hmis" / f"{file}.csv"
        raw = path.read_bytes()
        at %= len(raw)
        path.write_bytes(raw[:at] + noise + raw[at + len(noise) :])
        try:
            done = do(folder, folder / "hmis", [made_up(1)])
        except BadFile as refused:
            assert CANARY not in str(refused)
            assert not list(folder.glob("*list*")) and not list(folder.glob("*key*"))
        else:
            assert done.audit.balanced


def test_what_is_read_of_a_person() -> None:
    """MO-12: of Client.csv an id, veteran status and the date that becomes "younger than 25"; of health nothing."""
    assert hmis.Client._fields == ("PersonalID", "VeteranStatus", "DOB", "DateDeleted")
    asked = {column for shape in vars(hmis).values() for column in getattr(shape, "_fields", ())}
    assert len(asked) > 20
    for word in ("Name", "SSN", "Violence", "Fleeing", "Gender", "Sex", "Race", "White", "Pregnan", "Health", "Phone"):
        assert not any(word.casefold() in column.casefold() for column in asked), word
