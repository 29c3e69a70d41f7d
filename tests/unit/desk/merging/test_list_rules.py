"""Who is on the list, who is chronically homeless: every vector of the list rules, run through the command itself."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from kiosk.cli import run
from tests.fixtures.small_export import split, write

VECTORS = Path(__file__).parents[3] / "vectors" / "list-rules.csv"
CASES = list(csv.DictReader(VECTORS.open(newline="")))
HEADER = ["EnrollmentID", "PersonalID", "on_list", "reason", "notes", "chronic", "household_type", "household_size"]
DAY = "2026-06-30"
HEAD: dict[str, Any] = {
    "EnrollmentID": "E1", "PersonalID": "A", "ProjectID": "P14", "ProjectType": "14", "EntryDate": "2026-05-04",
    "HouseholdID": "H1", "RelationshipToHoH": "1", "LivingSituation": "116", "LengthOfStay": "4",
    "DateToStreetESSH": "2026-02-10", "TimesHomelessPastThreeYears": "1", "MonthsHomelessPastThreeYears": "103",
    "DisablingCondition": "0", "DOB": "1985-05-05", "DOBDataQuality": "1",
}  # fmt: skip


def placed(day: str, status: str) -> dict[str, Any]:
    """An assessment that says whether she is placed on the list."""
    return {"Assessment": [{"AssessmentDate": day, "PrioritizationStatus": status}]}


def explain(folder: Path, enrollments: list[dict[str, Any]], day: str = DAY, rules: str = "") -> list[dict[str, str]]:
    """What `kiosk merge --explain` says of each enrollment."""
    export = write(folder / "hmis", split(enrollments, day))
    words = ["merge", "--hmis", str(export), "--day", day, "--explain", str(folder / "explained.csv")]
    if rules:
        (folder / "rules.toml").write_text(f"[list]\n{rules}\n")
        words += ["--rules", str(folder / "rules.toml")]
    assert run(words) == 0
    with (folder / "explained.csv").open(newline="") as file:
        reader = csv.DictReader(file)
        lines = list(reader)
    assert reader.fieldnames == HEADER
    assert len(lines) == len(enrollments)
    return lines


def test_the_vectors_are_all_there() -> None:
    """Every reason and note of the rules is tried by some vector, but for those that only a faulty export brings."""
    assert len(CASES) >= 116
    said = {word for case in CASES for word in case["expected_reason"].split()}
    assert {"victim_services", "housed_elsewhere", "own_home", "not_placed", "head_left", "housed_conflict"} <= said


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_a_vector(tmp_path: Path, case: dict[str, str]) -> None:
    """The rule that the vector's description names."""
    enrollments = json.loads(case["enrollments"])
    first, *_ = explain(tmp_path, enrollments, case["list_day"])
    said = first["notes"] if first["on_list"] == "yes" else first["reason"]
    assert first["on_list"] == case["expected_on_list"], case["description"]
    assert said == case["expected_reason"], case["description"]
    for column in ("chronic", "household_type", "household_size"):
        assert first[column] == case[f"expected_{column}"], case["description"]


def verdict(lines: list[dict[str, str]]) -> str:
    return lines[0]["notes"] if lines[0]["on_list"] == "yes" else lines[0]["reason"]


@pytest.mark.parametrize(
    ("changes", "rules", "said"),
    [
        ({"ProjectType": "0"}, "types = [14]", "project_type"),
        ({}, "types = [14]", ""),
        ({"ProjectType": "6", "AccessPoint": "1"}, "access_points = false", "project_type"),
        ({"EnrollmentCoC": "MO-606"}, 'coc = ["MO-600"]', "other_coc"),
        ({"EnrollmentCoC": "MO-600"}, 'coc = ["MO-600"]', ""),
        ({}, 'coc = ["MO-600"]', "coc_blank"),
        ({}, 'projects = ["P15"]', "project_type"),
        ({}, 'leave_projects = ["P14"]', "project_type"),
        ({}, 'assessment = "required"', "not_assessed"),
        (placed("2026-05-10", "1"), 'assessment = "required"', ""),
        (placed("2025-05-10", "1"), 'assessment = "required"', "not_assessed"),
        (placed("2026-05-10", "2"), 'assessment = "ignore"', ""),
        ({"LivingSituation": "336"}, 'living = "literal"', "not_literally_homeless"),
        ({"LivingSituation": "204"}, 'living = "literal"', ""),
        ({"EntryDate": "2026-03-01"}, 'stale = "leave_out"', "inactive"),
        ({"EntryDate": "2026-03-01"}, "contact_days = 365", ""),
        ({"EntryDate": "2026-05-20"}, 'contact_days = 30\nstale = "leave_out"', "inactive"),
    ],
)  # fmt: skip
def test_what_a_region_may_change(tmp_path: Path, changes: dict[str, Any], rules: str, said: str) -> None:
    """1.5: each key of a rules file changes what it says, and the default is what it is without."""
    assert verdict(explain(tmp_path, [HEAD | changes], rules=rules)) == said


@pytest.mark.parametrize(
    "rules",
    [
        "types = [12]",
        "types = [7]",
        'assessment = "always"',
        "contact_days = 29",
        "contact_days = true",
        "victim = 1",
        'coc = [""]',
    ],
)
def test_a_rules_file_that_cannot_be(tmp_path: Path, rules: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What is fixed cannot be changed (prevention, the dead, survivors), and nonsense is refused by its name."""
    (tmp_path / "rules.toml").write_text(f"[list]\n{rules}\n")
    export = write(tmp_path / "hmis", split([HEAD], DAY))
    assert run(["merge", "--hmis", str(export), "--rules", str(tmp_path / "rules.toml")]) == 3
    assert rules.partition(" ")[0] in capsys.readouterr().err


def test_the_rules_have_a_fingerprint(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It stands in the audit, and changes with a rule alone."""
    from kiosk.desk.merging.list_rules import ListRules, load

    (tmp_path / "rules.toml").write_text("[list]\n# nothing changed\ncontact_days = 90\n")
    assert load(tmp_path / "rules.toml").fingerprint == ListRules().fingerprint
    (tmp_path / "rules.toml").write_text("[list]\ncontact_days = 91\n")
    assert load(tmp_path / "rules.toml").fingerprint != ListRules().fingerprint
    export = write(tmp_path / "hmis", split([HEAD], DAY))
    run(["merge", "--hmis", str(export), "--day", DAY])
    assert ListRules().fingerprint in capsys.readouterr().out


def test_a_person_alone_in_two_exports_is_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two implementations may use one PersonalID for two people: ids of one export say nothing of another's."""
    other = HEAD | {"LivingSituation": "410", "LengthOfStay": "5"}
    first = write(tmp_path / "one", split([HEAD], DAY))
    second = write(tmp_path / "two", split([other], DAY))
    words = ["merge", "--hmis", str(first), str(second), "--day", DAY, "--explain", str(tmp_path / "explained.csv")]
    assert run(words) == 0
    lines = list(csv.DictReader((tmp_path / "explained.csv").open(newline="")))
    assert [line["on_list"] for line in lines] == ["yes", "no"]
    assert [line["PersonalID"] for line in lines] == ["A", "A"]
