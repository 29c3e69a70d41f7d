"""Hand-outs: made of what everybody may see, the same whichever side a row came from, safe in a spreadsheet."""

from __future__ import annotations

import csv
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kiosk.cli import run
from kiosk.desk.keys import derivation
from kiosk.meeting import handouts, printed
from kiosk.meeting.meeting import Meeting
from schema.merged import COLUMNS
from tests.fixtures.meeting import LATER, TODAY, WORDS, a_file, a_meeting, a_vacancy, acts
from tests.made_up import CHEAP


def with_offers() -> tuple[Meeting, str]:
    meeting = a_meeting()
    at_it = acts(meeting)
    at_it.vacancy(a_vacancy())
    number = meeting.first_free(meeting.vacancies["V-01"])
    at_it.offer(number, "V-01", LATER)
    at_it.note(number, "C1")
    return meeting, number


def test_both_files_are_written_by_meeting_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """CSV and XLSX say the same; the HMIS lead's has who does not simply wait, by codes; 0600, none replaced."""
    real = derivation.Cost
    monkeypatch.setattr(derivation, "Cost", lambda *parts: real(*parts) if parts else CHEAP)
    meeting, number = with_offers()
    file = a_file(tmp_path, meeting)
    words = tmp_path / "words"
    words.touch(0o600)
    words.write_text(WORDS + "\n")

    def writes(option: str, name: str) -> Path:
        out = tmp_path / name
        assert run(["meeting", str(file.path), option, str(out), "--passphrase-file", str(words)]) == 0
        assert stat.S_IMODE(out.stat().st_mode) == 0o600
        return out

    with writes("--handout", "list.csv").open(newline="") as opened:
        rows = list(csv.reader(opened))
    sheet = load_workbook(writes("--handout", "list.xlsx")).active
    assert sheet is not None
    assert [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)] == rows
    assert len(rows) == 13 and [row[1] for row in rows[1:]] == [row.meeting_number for row in meeting.rows]
    with writes("--hmis-out", "lead.csv").open(newline="") as opened:
        lead = list(csv.reader(opened))
    assert lead == [list(handouts.HMIS_COLUMNS), [number, "offered", "13", "V-01", "2026-12-04", "2026-11"]]
    assert (
        run(["meeting", str(file.path), "--handout", str(tmp_path / "list.csv"), "--passphrase-file", str(words)]) == 3
    )
    assert "already there" in capsys.readouterr().err


def test_nothing_that_is_shown_knows_where_a_row_came_from() -> None:
    """W3: hand-outs, the print and the record are made of merged cells and acts: other origins change nothing."""
    meeting, _ = with_offers()
    other = replace(meeting, tags=tuple(reversed(meeting.tags)), sources=frozenset({b"x" * 16}))
    other.states, other.words, other.notes, other.held = meeting.states, meeting.words, meeting.notes, meeting.held
    for made in (
        lambda each: handouts.everybody(each, TODAY).write_csv(),
        lambda each: handouts.for_the_hmis_lead(each).write_csv(),
        lambda each: list(printed.lines(each, TODAY)),
        lambda each: list(printed.changes(each)),
    ):
        assert made(meeting) == made(other)
    assert not {"personal_id", "list_number", "contact_agency_code"} & {*COLUMNS, *handouts.HMIS_COLUMNS}
