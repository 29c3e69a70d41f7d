"""HUD's chronic test of each enrollment, carried on to the list's day by what was seen since (2.1 and 2.2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

import polars as pl
from polars import col

from kiosk.priority import chronic
from schema.answers import LengthOfStay

GAP: Final = 90
"""The most days between two sightings of one unbroken time."""
TRANSITIONAL_DAYS: Final = 7
"""From how many days in transitional housing on the time counts as ended (24 CFR 578.3)."""
NO, NOT_KNOWN, YES = 0, 1, 2
_SLEPT: Final = ("ProjectType", "LivingSituation", "LengthOfStay", "LOSUnderThreshold", "PreviousStreetESSH")
"""What part b of the test asks."""
_AS_NUMBER: Final = {False: NO, None: NOT_KNOWN, True: YES}


def judged(rows: pl.DataFrame, sightings: pl.DataFrame, places: pl.DataFrame, day: date) -> pl.DataFrame:
    """`rows` with `chronic` (0 no, 1 not known, 2 yes), `year` and `months` of each, on the day."""
    ended = (
        (col("transitional") & ((pl.lit(day) - col("place_date")).dt.total_days() >= TRANSITIONAL_DAYS))
        .fill_null(False)
        .alias("ended")
    )
    rows = _carried(rows, sightings).join(places, on="PersonalID", how="left", maintain_order="left")
    began = pl.when(col("DateToStreetESSH") <= col("EntryDate")).then(
        pl.max_horizontal("DateToStreetESSH", "born")
    )  # fmt: skip
    long_stay = col("LivingSituation").is_in([101, 116, 118]) & (
        col("LengthOfStay") == int(LengthOfStay.YEAR_OR_LONGER)
    )
    rows = rows.with_columns(began.alias("began"), _months().alias("months"), ended).with_columns(
        year=((col("end") - pl.coalesce("began", "EntryDate")).dt.total_days() >= chronic.YEAR)
        | (col("began").is_null() & long_stay.fill_null(False))
    )
    most = col("months").clip(upper_bound=chronic.MOST_MONTHS)
    timed = rows.with_columns(dated=col("began").is_not_null(), months=most)
    rows = rows.with_columns(
        by_combination(rows, _part_b, *_SLEPT).alias("b"),
        by_combination(timed, _part_c, "year", "dated", "TimesHomelessPastThreeYears", "months").alias("c"),
    )  # fmt: skip
    a = by_combination(rows, _part_a, "DisablingCondition")
    rows = rows.with_columns(a.alias("a"))
    joined = by_combination(rows, _joined, "a", "b", "c")
    return rows.with_columns(pl.when(col("ended")).then(pl.lit(NO, pl.Int8)).otherwise(joined).alias("chronic"))


def by_combination(rows: pl.DataFrame, judge: Callable[..., bool | None], *columns: str) -> pl.Series:
    """What `judge` says of each row: asked once for each combination of these columns, not once a row."""
    seen = rows.select(columns).unique(maintain_order=True)
    said = [_AS_NUMBER[judge(*values)] for values in seen.iter_rows()]
    table = seen.with_columns(pl.Series("said", said, dtype=pl.Int8))
    return rows.select(columns).join(
        table, on=list(columns), how="left", nulls_equal=True, maintain_order="left"
    )["said"]  # fmt: skip


def _part_a(disabling: int | None) -> bool | None:
    return chronic.yes_no(disabling)


def _part_b(project: int, living: int | None, stay: int | None, under: int | None, street: int | None) -> bool | None:
    return chronic.place(living, stay, chronic.yes_no(under), chronic.yes_no(street), project)


def _part_c(year: Any, dated: bool, times: int | None, months: int | None) -> bool | None:
    return chronic.time(year=bool(year), dated=dated, times=times, months=months)


def _joined(*parts: int) -> bool | None:
    return chronic.joined(*({NO: False, NOT_KNOWN: None, YES: True}[part] for part in parts))


def _months() -> pl.Expr:
    """Months that were said, and the calendar months since: one less where the entry was on no first of a month."""
    said = col("MonthsHomelessPastThreeYears")
    since = (col("end").dt.year() - col("EntryDate").dt.year()) * 12 + (
        col("end").dt.month().cast(pl.Int32) - col("EntryDate").dt.month()
    )
    since = since - ((since > 0) & (col("EntryDate").dt.day() != 1)).cast(pl.Int32)
    return pl.when(said.is_between(101, 113)).then(said.cast(pl.Int32) - 100 + since)


def _carried(rows: pl.DataFrame, sightings: pl.DataFrame) -> pl.DataFrame:
    """Each row with `end`: the last day of one unbroken time from its entry, by sightings at most `GAP` days apart."""
    rows = rows.with_row_index("at")
    later = (
        rows.filter(col("ProjectType") != 2)
        .select("at", "PersonalID", "EntryDate")
        .join(sightings, on="PersonalID")
        .filter(col("until") > col("EntryDate"))
        .select("at", "EntryDate", "until", date=pl.max_horizontal("date", "EntryDate"))
        .sort("at", "date")
    )
    before = pl.coalesce(col("until").cum_max().shift(1).over("at"), "EntryDate")
    later = later.with_columns(broken=(col("date") - before).dt.total_days() > GAP)
    reached = later.filter(~col("broken").cum_max().over("at")).group_by("at").agg(reached=col("until").max())
    return rows.join(reached, on="at", how="left", maintain_order="left").with_columns(
        end=pl.coalesce("reached", "EntryDate")
    ).drop("at", "reached")  # fmt: skip
