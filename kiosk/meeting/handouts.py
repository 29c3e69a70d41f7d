"""Hand-outs of a meeting as CSV or XLSX: a row a meeting number, made of the merged list and of what was done alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.meeting import words
from kiosk.meeting.meeting import Meeting
from kiosk.meeting.merged_rows import bands_of
from kiosk.meeting.months import month_text
from kiosk.meeting.states import State
from kiosk.vault.private_file import write_private

if TYPE_CHECKING:
    import polars as pl

HMIS_COLUMNS: Final = ("meeting_number", "state", "project_type", "vacancy", "answer_by", "last_word")


def everybody(meeting: Meeting, today: date) -> pl.DataFrame:
    """For those at the table: everybody in order, why, and how each stands."""
    import polars as pl

    keys = list(bands_of(meeting.rows[0]))
    made = []
    for at, row in enumerate(meeting.rows):
        person, bands = meeting.person(row.meeting_number), bands_of(row)
        overdue = meeting.overdue(row.meeting_number, today)
        made.append(
            (
                str(at + 1),
                row.meeting_number,
                *(words.short_band(key, bands[key], row) for key in keys),
                words.needs(row),
                words.state_words(person.state, overdue=overdue),
                person.vacancy,
                person.answer_by,
                month_text(person.word),
                " ".join(person.notes),
            )
        )
    columns = ["place", "meeting_number", *keys, "needs", "state", "vacancy", "answer_by", "last_word", "notes"]
    return pl.DataFrame(made, schema=dict.fromkeys(columns, pl.String), orient="row")


def for_the_hmis_lead(meeting: Meeting) -> pl.DataFrame:
    """For the HMIS lead, who alone has the key to PersonalIDs: how everybody stands who does not simply wait."""
    import polars as pl

    made = []
    for row in meeting.rows:
        person = meeting.person(row.meeting_number)
        if person.state is State.WAITING:
            continue
        vacancy = meeting.vacancies.get(person.vacancy)
        project = str(vacancy.project_type) if vacancy else ""
        word = month_text(person.word)
        made.append((row.meeting_number, person.state.word, project, person.vacancy, person.answer_by, word))
    return pl.DataFrame(made, schema=dict.fromkeys(HMIS_COLUMNS, pl.String), orient="row")


def write(path: Path, table: pl.DataFrame) -> None:
    """Write a table, CSV or XLSX by its name (0600). Raises AlreadyThere or KioskError."""
    from kiosk.desk.merging.sheets import as_bytes

    write_private(path, as_bytes(table, path.suffix, texts=("needs",)), replace=False)
