"""`kiosk merge --check`: what an export says of itself, every fault to hand on, and a mapping proposed."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from kiosk.cli import run
from kiosk.desk.merging.mapping import load
from kiosk.priority.profile import load as load_profile
from tests.fixtures import external
from tests.fixtures.external import made_up
from tests.fixtures.hmis import Shape
from tests.fixtures.hmis import write as write_export
from tests.fixtures.small_export import about, split, write
from tests.unit.desk.merging.test_list_rules import HEAD

DAY = "2026-06-30"


def check(folder: Path, *words: str, export: dict[str, str] | None = None, day: str = DAY) -> int:
    """Check a small export whose Export.csv says this."""
    rows = split([HEAD], DAY)
    rows["Export"] = [about(DAY) | (export or {})]
    path = write(folder / "hmis", rows)
    return run(["merge", "--check", "--hmis", str(path), *(["--day", day] if day else []), *words])


@pytest.mark.parametrize(
    ("says", "status", "told"),
    [
        ({"CSVVersion": "FY2024"}, 0, ""),
        ({"CSVVersion": "FY2026 v1.0"}, 0, ""),
        ({"CSVVersion": "2022 v1.3"}, 3, "fiscal year '2022 v1.3'"),
        ({"CSVVersion": ""}, 3, "older than fiscal year 2022"),
        ({"ExportDirective": "1"}, 3, "only what changed"),
        ({"ExportPeriodType": "1"}, 3, "only what changed"),
        ({"ExportPeriodType": "4"}, 0, "of one day"),
        ({"HashStatus": "1"}, 0, "Names are readable"),
        ({"ExportEndDate": "2026-06-25"}, 0, "5 days before"),
        ({"ExportEndDate": "2026-06-10"}, 0, "Warning: the export ends on 2026-06-10"),
        ({"ExportEndDate": "2026-05-01"}, 3, "too old"),
        ({"ExportStartDate": "2026-01-01"}, 0, "earlier exits and deaths are not in it"),
        ({"ExportDate": "2026-06-20"}, 0, "made on 2026-06-20"),
    ],
)
def test_what_an_export_says_of_itself(
    tmp_path: Path, says: dict[str, str], status: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """1.6: its year, its age, whether it is whole and hashed: told, and refused where nobody could rely on it."""
    assert check(tmp_path, export=says) == status
    said = capsys.readouterr()
    assert told in said.out and (status == 0 or told in said.err)


def test_an_old_export_needs_a_day(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An export of long ago makes no list of today by accident: somebody has to name its day."""
    assert check(tmp_path, export={"ExportEndDate": "2021-06-30", "ExportDate": "2021-06-30"}, day="") == 3
    assert "Name the list's day" in capsys.readouterr().err


@pytest.mark.parametrize(
    "name", ["AssessmentResults", "CurrentLivingSituation", "Services", "Event", "CEParticipation"]
)
def test_an_empty_file_that_is_not_needed_is_noted(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file of 0 bytes is one that is not there."""
    rows = split([HEAD], DAY)
    path = write(tmp_path / "hmis", rows)
    (path / f"{name}.csv").write_bytes(b"")
    assert run(["merge", "--check", "--hmis", str(path), "--day", DAY]) == 0
    assert f"{name}.csv is empty" in capsys.readouterr().out


def test_the_faults_go_to_the_hmis_lead(tmp_path: Path) -> None:
    """CSV and XLSX hold the same rows, each with its place and what it does; no external list's row is among them."""
    write_export(tmp_path / "hmis", Shape(rows=120))
    external.write(tmp_path / "external.csv", [made_up(1), made_up(2)])
    words = [
        "--faults",
        str(tmp_path / "f.csv"),
        str(tmp_path / "f.xlsx"),
        "--external",
        str(tmp_path / "external.csv"),
    ]
    assert run(["merge", "--check", "--hmis", str(tmp_path / "hmis"), "--day", "2026-11-22", *words]) == 0
    lines = list(csv.reader((tmp_path / "f.csv").open(newline="")))
    sheet = [
        ["" if cell is None else str(cell) for cell in row] for row in load_workbook(tmp_path / "f.xlsx").active.values
    ]
    assert [[cell.removeprefix("'") for cell in row] for row in lines] == sheet
    assert lines[0] == ["check", "effect", "what", "file", "line", "EnrollmentID", "PersonalID", "column", "value"]
    assert len(lines) > 20 and {row[1] for row in lines[1:]} <= {"noted", "row left out", "refused"}
    assert str(made_up(1).list_number) not in (tmp_path / "f.csv").read_text()


def test_a_list_as_a_workbook_is_text(tmp_path: Path) -> None:
    """In XLSX every cell is text, ids with zeros in front among them."""
    write_export(tmp_path / "hmis", Shape(rows=60, kinds=("open",)))
    first = next(csv.DictReader((tmp_path / "hmis" / "Client.csv").open()))["PersonalID"]
    for name in ("Enrollment", "Client"):
        path = tmp_path / "hmis" / f"{name}.csv"
        path.write_text(path.read_text().replace(first, "0003"))
    assert (
        run(["merge", "--hmis", str(tmp_path / "hmis"), "--day", "2026-11-22", "--out", str(tmp_path / "l.xlsx")]) == 0
    )
    key = load_workbook(tmp_path / "l.hmis-key.xlsx").active
    ids = {row[1].value: row[1].data_type for row in key.iter_rows(min_row=2)}
    assert ids["0003"] == "s" and set(ids.values()) == {"s"}


def test_providers_alone_are_checked_and_never_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """External lists without HMIS: their faults are told, and no list of survivors alone is made."""
    external.write(tmp_path / "external.csv", [made_up(1), made_up(2)])
    assert run(["merge", "--external", str(tmp_path / "external.csv")]) == 0
    assert "2 read" in capsys.readouterr().out
    assert run(["merge", "--external", str(tmp_path / "external.csv"), "--out", str(tmp_path / "l.csv")]) == 3
    assert not (tmp_path / "l.csv").exists()


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_mapping_is_proposed(tmp_path: Path, suffix: str, capsys: pytest.CaptureFixture[str]) -> None:
    """From headers and values comes a mapping that can be used; what it cannot tell stands in it with its count."""
    header = [
        "Client Name",
        "HoH Unique ID",
        "Current Situation",
        "Veteran",
        "Times Homeless Last 3 Years",
        "Fleeing DV",
    ]
    rows: list[list[Any]] = [["Ann", "H1", "Unsheltered", "Yes", 4, "Yes"], ["Bo", "H2", "On the moon", "No", 1, "No"]]
    path = tmp_path / f"list{suffix}"
    if suffix == ".xlsx":
        book = Workbook()
        for row in (["By-name list"], header, *rows):
            book.active.append(row)
        book.save(path)
    else:
        with path.open("w", newline="") as file:
            csv.writer(file).writerows([["By-name list"], header, *rows])
    assert run(["merge", "--propose-mapping", "--hmis", str(path)]) == 0
    text = capsys.readouterr().out
    (tmp_path / "m.toml").write_text(text)
    shape = load(tmp_path / "m.toml", load_profile()).flat
    assert shape is not None and shape.id == "HoH Unique ID"
    assert set(shape.factors) == {"living_situation", "veteran", "times_homeless"}
    assert shape.factors["living_situation"].code("Unsheltered") == 116
    assert "'On the moon': 1 cells; what is it?" in text
    assert "Ann" not in text and "never: it could tell who somebody is" in text
