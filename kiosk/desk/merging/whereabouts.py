"""Where somebody sleeps on the list's day: the latest evidence wins (1.3 of the list rules)."""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl
from polars import col

from kiosk.desk.merging.hmis_tables import Tables
from kiosk.desk.merging.membership import exits_that_count

HOUSED: Final = 998
"""Housed by a move-in or an exit to a home of hers, wherever that is."""
TRANSITIONAL: Final = 302
_TRANSITIONAL_ENTRY: Final = 1302
"""An entry into transitional housing, which ends the time that counts as homeless (2.2)."""
BED_NIGHT: Final = 200
_HOMELESS: Final = (101, 116, 118)
_BY_TYPE: Final = {0: 101, 1: 101, 8: 118, 2: _TRANSITIONAL_ENTRY}


def known(place: pl.Expr) -> pl.Expr:
    """Whether a living situation says where somebody sleeps."""
    return place.is_between(100, 499) | (place == 17)


def contacts(tables: Tables, open_rows: pl.DataFrame, day: date) -> pl.DataFrame:
    """Current living situations and bed nights of open rows, from the entry to the day: person, date, place."""
    rows = open_rows.select("EnrollmentID", "PersonalID", "EntryDate")
    seen = tables.living.filter("live").select("EnrollmentID", date="InformationDate", place="CurrentLivingSituation")
    nights = tables.services.filter(col("live") & (col("RecordType") == BED_NIGHT)).select(
        "EnrollmentID", date="DateProvided", place=pl.lit(101, pl.Int16)
    )
    both = pl.concat([seen.with_columns(night=pl.lit(False)), nights.with_columns(night=pl.lit(True))])
    in_time = (col("date") <= day) & ((col("date") >= col("EntryDate")) | col("night"))
    return both.join(rows, on="EnrollmentID").filter(in_time).select("PersonalID", "date", "place")


def latest(
    rows: pl.DataFrame, qualifying: pl.DataFrame, homes: pl.DataFrame, seen: pl.DataFrame, day: date
) -> pl.DataFrame:
    """For each person the latest evidence: `place`, its `date`, whether it is `transitional`, and an older `housed`."""
    entry = (
        pl.when(col("ProjectType").is_in(list(_BY_TYPE)))
        .then(col("ProjectType").replace_strict(_BY_TYPE, default=None, return_dtype=pl.Int16))
        .when(known(col("LivingSituation")))
        .then(col("LivingSituation"))
        .when(col("ProjectType") == 4)
        .then(pl.lit(116, pl.Int16))
    )
    moved = rows.filter(col("reason").is_null()).join(homes.filter(col("moved").is_not_null()), on="household").select(
        "PersonalID", date=pl.max_horizontal("moved", "EntryDate"), place=pl.lit(HOUSED, pl.Int16)
    )  # fmt: skip
    left = rows.filter(exits_that_count(day) & col("Destination").is_between(400, 499)).select(
        "PersonalID", date="ExitDate", place=pl.lit(HOUSED, pl.Int16)
    )
    people = qualifying.select("PersonalID").unique()
    evidence = pl.concat(
        [
            qualifying.select("PersonalID", date="EntryDate", place=entry.cast(pl.Int16)),
            seen.filter(known(col("place"))),
            moved,
            left,
        ]
    ).join(people, on="PersonalID", how="semi")
    evidence = evidence.filter(col("place").is_not_null() & col("date").is_not_null() & (col("date") <= day))
    found = evidence.group_by("PersonalID").agg(best=_strength().max())
    housed = moved.group_by("PersonalID").agg(housed_on=col("date").min())
    code = col("best") % 2048
    return found.join(housed, on="PersonalID", how="left").select(
        "PersonalID",
        place=pl.when(code == _TRANSITIONAL_ENTRY).then(TRANSITIONAL).otherwise(code).cast(pl.Int16),
        place_date=(col("best") // 8192).cast(pl.Int32).cast(pl.Date),
        transitional=code == _TRANSITIONAL_ENTRY,
        housed_on="housed_on",
    )


def _strength() -> pl.Expr:
    """Date, then kind, then place, as one number: on one day 100 to 199 come first, homes last."""
    home = col("place").is_between(400, 499) | (col("place") == HOUSED)
    kind = pl.when(home).then(0).when(col("place").is_between(100, 199)).then(2).otherwise(1)
    return (col("date").cast(pl.Int32).cast(pl.Int64) * 4 + kind) * 2048 + col("place").cast(pl.Int64)


def sightings(open_rows: pl.DataFrame, seen: pl.DataFrame, day: date) -> pl.DataFrame:
    """Days on which somebody was seen homeless, from `date` to `until` (2.2)."""
    stays = open_rows.filter(col("ProjectType").is_in([0, 8])).select(
        "PersonalID", date="EntryDate", until=pl.lit(day, pl.Date)
    )
    days = seen.filter(col("place").is_in(_HOMELESS)).select("PersonalID", "date", until="date")
    return pl.concat([stays, days])
