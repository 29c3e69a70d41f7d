"""The files of HMIS exports as typed tables: ids, days and codes; what cannot be one is blank, and a fault is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from kiosk.desk.merging.csv_rows import LINE, table
from kiosk.desk.merging.data_faults import DataFaults, Effect
from kiosk.desk.merging.export_files import Source
from kiosk.desk.merging.export_ids import OF
from kiosk.desk.merging.merge_errors import BadFile
from schema import hmis
from schema.hmis import Shape

_ROWS_AT_ONCE: Final = 200_000
"""Rows that become ids, days and codes at a time: their text is let go as soon."""
DELETED: Final = "DateDeleted"


@dataclass(frozen=True)
class Tables:
    """What is read of an export, file by file; a file that is not there has no rows."""

    export: pl.DataFrame
    organization: pl.DataFrame
    project: pl.DataFrame
    participation: pl.DataFrame
    client: pl.DataFrame
    enrollment: pl.DataFrame
    exit: pl.DataFrame
    living: pl.DataFrame
    services: pl.DataFrame
    assessment: pl.DataFrame
    results: pl.DataFrame
    event: pl.DataFrame


def read(sources: Sequence[Source], faults: DataFaults) -> Tables:
    """Every file of every export. Whatever is wrong with a file is told in `faults`, and the next one is read."""
    several = len(sources) > 1
    files: dict[str, list[pl.DataFrame]] = {shape.name: [] for shape in hmis.FILES}
    for at, source in enumerate(sources, start=1):
        for shape in hmis.FILES:
            rows = _file(source, shape, faults)
            files[shape.name].append(rows.with_columns(_told_apart(shape, at)) if several else rows)
    return Tables(*(pl.concat(files[shape.name]) for shape in hmis.FILES))


def _told_apart(shape: Shape, at: int) -> list[pl.Expr]:
    return [(pl.lit(f"{at}{OF}") + pl.col(column)).alias(column) for column in shape.ids]


def _file(source: Source, shape: Shape, faults: DataFaults) -> pl.DataFrame:
    wanted = (*shape.columns, DELETED) if shape is not hmis.EXPORT else shape.columns
    need = Effect.REFUSED if shape.required else Effect.NOTED
    if not source.has(f"{shape.name}.csv"):
        faults.say("Q01", need, shape.name, f"The HMIS export lacks {shape.name}.csv.")
        return _typed(pl.DataFrame(schema={**dict.fromkeys(wanted, pl.String), LINE: pl.UInt32}), shape, faults)
    try:
        with source.opened(f"{shape.name}.csv") as raw:
            found = table(raw, f"{shape.name}.csv", wanted)
    except BadFile as fault:
        check, effect = ("Q01", need) if "is empty" in str(fault) else ("Q05", Effect.REFUSED)
        faults.say(check, effect, shape.name, str(fault))
        return _typed(pl.DataFrame(schema={**dict.fromkeys(wanted, pl.String), LINE: pl.UInt32}), shape, faults)
    for column in found.lacking:
        if shape is hmis.EXPORT:
            continue
        faults.say("Q02", need, shape.name, f"{shape.name}.csv lacks the column {column}.", column)
    torn = pl.DataFrame({"line": found.torn}, schema={"line": pl.UInt32})
    faults.add("Q04", Effect.LEFT_OUT, shape.name, torn)
    parts = [found.rows.slice(at, _ROWS_AT_ONCE) for at in range(0, max(1, found.rows.height), _ROWS_AT_ONCE)]
    del found
    return pl.concat([_typed(parts.pop(0), shape, faults) for _ in range(len(parts))])


def _typed(rows: pl.DataFrame, shape: Shape, faults: DataFaults) -> pl.DataFrame:
    """Text becomes ids, days and codes; every row that is not deleted is looked at for what could not."""
    live = pl.col(DELETED).is_null() if DELETED in rows.columns else pl.lit(True)
    typed = rows.with_columns(
        *(good_id(column) for column in shape.ids),
        *(day(column).alias(f"{column} day") for column in shape.dates),
        *(code(column).alias(f"{column} code") for column in shape.codes),
        live.alias("live"),
    )
    known = [name for name in ("EnrollmentID", "PersonalID") if name in shape.ids]
    for column in shape.dates:
        wrong = rows.filter(live & pl.col(column).is_not_null() & typed[f"{column} day"].is_null())
        if column == "EntryDate":
            wrong = rows.filter(live & typed["EntryDate day"].is_null())
        shown = "" if column == "DOB" else column
        check = "Q23" if column == "DOB" else "Q06"
        effect = Effect.LEFT_OUT if column == "EntryDate" else Effect.NOTED
        faults.add(check, effect, shape.name, wrong.with_columns(_short(column)), column, value=shown)
    for column in shape.codes:
        wrong = rows.filter(live & unknown_code(column))
        faults.add("Q26", Effect.NOTED, shape.name, wrong.with_columns(_short(column)), column, value=column)
    for column in shape.ids:
        if column in ("HouseholdID",):
            continue
        wrong = rows.filter(live & typed[column].is_null())
        faults.add("Q07", Effect.LEFT_OUT, shape.name, wrong.select(LINE, *(k for k in known if k != column)), column)
    typed = typed.drop([each for each in (*shape.dates, *shape.codes, DELETED) if each in typed.columns])
    names = {f"{column} day": column for column in shape.dates} | {f"{column} code": column for column in shape.codes}
    return typed.rename(names)


def good_id(column: str) -> pl.Expr:
    """An id, or nothing where there is none that could be one."""
    text = pl.col(column)
    good = (text.str.len_bytes() <= hmis.LONGEST_ID) | (text.str.len_chars() <= hmis.LONGEST_ID)
    good &= ~text.str.contains(r"[^ -~]") | ~text.str.contains(r"[\p{C}\p{Zl}\p{Zp}]")
    return pl.when(good).then(text).alias(column)


def day(column: str) -> pl.Expr:
    """A date, with a time behind it or without."""
    text = pl.col(column)
    behind = text.str.slice(10, 1).is_in(["", " ", "T"])
    dashed = (text.str.slice(4, 1) == "-") & (text.str.slice(7, 1) == "-")
    return (
        pl.when((text.str.len_bytes() >= 10) & dashed & behind)
        .then(text.str.head(10))
        .str.to_date("%Y-%m-%d", strict=False)
    )


def code(column: str) -> pl.Expr:
    """A code of HUD's list, however a vendor writes it (`1` or `1.0`); what is none of them is not collected."""
    known = {f"{each}{end}": each for each in hmis.CODES[column] for end in ("", ".0", ".00")}
    text = pl.col(column)
    found = text.replace_strict(known, default=hmis.NOT_COLLECTED, return_dtype=pl.Int16)
    return pl.when(text.is_not_null()).then(found)


def unknown_code(column: str) -> pl.Expr:
    """Whether something stands there that is none of HUD's codes."""
    known = [f"{each}{end}" for each in hmis.CODES[column] for end in ("", ".0", ".00")]
    return pl.col(column).is_not_null() & ~pl.col(column).is_in(known)


def _short(column: str) -> pl.Expr:
    return pl.col(column).str.head(20).alias(column)
