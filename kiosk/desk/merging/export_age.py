"""What an export says of itself: its year, its age, whether it is whole; and by that the list's day (1.6)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import polars as pl

from kiosk.desk.merging.data_faults import DataFaults, Effect
from schema import hmis

WARNED_AFTER: Final = 7
REFUSED_AFTER: Final = 31
"""Days that an export may be older than the list's day."""
_YEAR: Final = timedelta(days=365)
_FILE: Final = "Export"


def day_of_list(export: pl.DataFrame, named: date | None, today: date, exports: int, faults: DataFaults) -> date:
    """The list's day: the one that is named, else the earlier of today and the export's end. Tells what is wrong."""
    rows = export.to_dicts()
    if len(rows) != exports:
        _refuse(faults, f"Export.csv has {len(rows)} rows, and has to have one.")
    versions = [str(row["CSVVersion"] or "") for row in rows]
    for version in versions:
        _version(version, faults)
    if len({year for version in versions for year in hmis.VERSIONS if year in version}) > 1:
        _refuse(faults, "The exports are of different fiscal years.")
    for row in rows:
        _kind(row, faults)
    ends = [end for row in rows if (end := _end(row, faults)) is not None]
    starts = [row["ExportStartDate"] for row in rows if row["ExportStartDate"] is not None]
    if not ends:
        _note(faults, "The export does not say when it ends; nobody can tell how old it is.")
        return named or today
    end = min(ends)
    if end > today:
        _note(faults, f"The export ends on {end}, after today.")
    day = named or min(today, end)
    _age(day, named, today, end, faults)
    if starts and max(starts) > day - _YEAR:
        _note(faults, f"The export begins on {max(starts)}: earlier exits and deaths are not in it.")
    return day


def _version(version: str, faults: DataFaults) -> None:
    if not version:
        _refuse(faults, "Export.csv has no CSVVersion: the export is older than fiscal year 2022.")
    elif not any(year in version for year in hmis.VERSIONS):
        _refuse(faults, f"The HMIS export is of fiscal year {version[:20]!a}; 2024 and 2026 can be read.")


def _kind(row: dict[str, object], faults: DataFaults) -> None:
    if row["ExportDirective"] == 1 or row["ExportPeriodType"] == 1:
        _refuse(faults, "The export holds only what changed since another one. Ask for a full export.")
    if row["ExportPeriodType"] == 4:
        _note(faults, "The export is of one day: who was not served on it is not in it.")
    if row["ExportDirective"] == 3:
        _note(faults, "The export says by ExportDirective 3 that it is made in another way than by date of change.")
    if row["HashStatus"] == 1:
        _note(faults, "Names are readable in this export; none is read here. Ask for a hashed one.")


def _end(row: dict[str, object], faults: DataFaults) -> date | None:
    end, made = row["ExportEndDate"], row["ExportDate"]
    if isinstance(end, date) and isinstance(made, date) and made < end:
        _note(faults, f"The export was made on {made}, before its end: it counts as ending then.")
        return made
    return end if isinstance(end, date) else None


def _age(day: date, named: date | None, today: date, end: date, faults: DataFaults) -> None:
    old = (day - end).days
    if named is None and (today - end).days > REFUSED_AFTER:
        _refuse(
            faults, f"The export ends on {end}, more than {REFUSED_AFTER} days ago. Name the list's day with --day."
        )
    elif old > REFUSED_AFTER:
        _refuse(faults, f"The export ends on {end}, {old} days before the list's day: too old to say who waits.")
    elif old > WARNED_AFTER:
        _note(faults, f"Warning: the export ends on {end}, {old} days before the list's day.")
    elif old > 0:
        _note(faults, f"The export ends on {end}, {old} days before the list's day.")


def _refuse(faults: DataFaults, what: str) -> None:
    faults.say("Q03", Effect.REFUSED, _FILE, what)


def _note(faults: DataFaults, what: str) -> None:
    faults.say("Q03", Effect.NOTED, _FILE, what)
