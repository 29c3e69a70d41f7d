"""The rows of HMIS exports as the merge ranks and shows them: bands by the same functions as a visitor's, and cells."""

from __future__ import annotations

from typing import Final

import polars as pl
from polars import col

from kiosk.desk.merging.data_faults import DataFaults, Effect
from kiosk.desk.merging.hmis_tables import Tables
from kiosk.desk.merging.mapping import ScoreTypes
from kiosk.desk.merging.row_cells import CELLS, age_band, key_column
from kiosk.desk.merging.waiting import Waiting
from kiosk.priority import chronic
from kiosk.priority.judge import FACTOR_NAMES, Judge
from kiosk.priority.profile import SCORE, Profile
from schema.answers import FACTOR_CODES, NOT_COLLECTED
from schema.external import HIGHEST_SCORE

_LIVING: Final = tuple(FACTOR_CODES["living_situation"])


def side(found: Waiting, tables: Tables, profile: Profile, types: ScoreTypes, faults: DataFaults) -> pl.DataFrame:
    """Everybody on the list: `id`, a band for each ranking key, and the cells."""
    people = found.people.join(
        _scores(tables, found, profile, types, faults), on="head", how="left", maintain_order="left"
    )
    people = people.with_columns(_factors())
    people = people.with_columns(_bands(people, profile))
    return people.select(col("head").alias("id"), *(key_column(key) for key in profile.order), *_cells())


def _factors() -> list[pl.Expr]:
    """A person's ranking factors, as a visitor would say them."""
    size = col("household_size").clip(1, 5)
    own = {
        "living_situation": pl.when(col("place").is_in(_LIVING)).then(col("place")),
        "length_of_stay": col("LengthOfStay"),
        "times_homeless": col("TimesHomelessPastThreeYears"),
        "months_homeless": col("MonthsHomelessPastThreeYears"),
        "household_type": col("household_type"),
        "household_size": size,
        "age_band": col("age").map_elements(age_band, return_dtype=pl.Int64, skip_nulls=False),
        "children_band": col("children").clip(0, 3),
        "veteran": col("veteran").cast(pl.Int16),
        "disabling_condition": col("DisablingCondition"),
    }
    return [
        own.get(name, pl.lit(None, pl.Int16)).cast(pl.Int16).fill_null(NOT_COLLECTED).alias(name)
        for name in FACTOR_NAMES
    ]


def _bands(people: pl.DataFrame, profile: Profile) -> list[pl.Expr]:
    """The band of each ranking key."""
    judge = Judge(profile)
    used = [name for name in FACTOR_NAMES if name in judge.factors]
    blank = dict.fromkeys(FACTOR_NAMES, NOT_COLLECTED)
    combined = people.select(used).unique(maintain_order=True) if used else pl.DataFrame()
    judged = [
        judge.judge(list((blank | dict(zip(used, codes, strict=True))).values())) for codes in combined.iter_rows()
    ]
    keys = [key_column(key) for key in profile.order]
    if used:
        table = combined.with_columns(
            pl.Series("points", [points for points, _ in judged], dtype=pl.Int64),
            *(pl.Series(key, [bands[at] for _, bands in judged], dtype=pl.Int64) for at, key in enumerate(keys)),
        )
        told = people.select(used).join(table, on=used, how="left", maintain_order="left")
    else:
        told = pl.DataFrame({name: [0] * people.height for name in ("points", *keys)})
    own = {"chronic": _chronic(), "length": _length()}
    result = []
    for key in profile.order:
        if key in profile.computed:
            result.append(own[key].cast(pl.Int64).alias(key_column(key)))
        elif key == SCORE:
            score = pl.coalesce(col("assessed_score"), pl.lit(told["points"]))
            result.append((score // profile.score_band).cast(pl.Int64).alias(key_column(key)))
        else:
            result.append(pl.lit(told[key_column(key)]).alias(key_column(key)))
    return result


def _chronic() -> pl.Expr:
    """Section 4, key 1: `kiosk.priority.chronic.chronic_band`, told by what the whole household says."""
    nearly = (
        (col("DisablingCondition") == 1)
        & col("place").is_in([int(place) for place in chronic.HOMELESS])
        & (col("most").fill_null(0) >= 12)
    ).fill_null(False)
    return pl.when(col("household_chronic") == 2).then(chronic.CHRONIC).when(nearly).then(chronic.NEARLY).otherwise(0)


def _length() -> pl.Expr:
    """Section 4, key 2: `kiosk.priority.chronic.length_band`."""
    months = col("months").fill_null(0)
    return (
        pl.when(col("year").fill_null(False) | (months >= 12))
        .then(3)
        .when(months >= 6)
        .then(2)
        .when(months >= 3)
        .then(1)
        .otherwise(0)
    )


def _cells() -> list[pl.Expr]:
    known = pl.col("place").is_between(100, 499) | (pl.col("place") == 17)
    yes_no = [0, 1]
    said = {
        "sheltered": pl.when(col("place") == 116).then(pl.lit("n")).when(known).then(pl.lit("y")),
        "disabling_condition": pl.when(col("DisablingCondition").is_in(yes_no)).then(
            col("DisablingCondition").cast(pl.String)
        ),
        "times_band": pl.when(col("TimesHomelessPastThreeYears").is_between(1, 4)).then(
            col("TimesHomelessPastThreeYears").cast(pl.String)
        ),
        "veteran": pl.when(col("veteran").is_in(yes_no)).then(col("veteran").cast(pl.String)),
        "youth_household": col("youth").cast(pl.Int8).cast(pl.String),
        "with_children": pl.when(col("with_children")).then(pl.lit("1")),
        "household_size_band": pl.when(col("household_size") > 1).then(
            col("household_size").clip(1, 5).cast(pl.String)
        ),
    }
    return [said[name].fill_null("").alias(name) for name in CELLS]


def _scores(tables: Tables, found: Waiting, profile: Profile, types: ScoreTypes, faults: DataFaults) -> pl.DataFrame:
    """Each person's score of the latest assessment that has one; results of other types are noted, and not read."""
    none = pl.DataFrame(schema={"head": pl.String, "assessed_score": pl.Int64})
    results = tables.results.filter("live")
    if SCORE not in profile.order or not results.height:
        return none
    kind = col("AssessmentResultType")
    if not types.leave_others:
        other = results.filter(~kind.is_in([*types.use, *types.leave]).fill_null(False))
        for name, rows in other.group_by("AssessmentResultType", maintain_order=True):
            what = f"{rows.height} results of the type {str(name[0])[:40]!a}, which nothing maps: no score is read"
            faults.say("X01", Effect.NOTED, "AssessmentResults", what, "AssessmentResultType")
    used = results.filter(kind.is_in(list(types.use)).fill_null(False))
    whole = used.with_columns(score=pl.when(col("AssessmentResult").str.contains(r"^\d{1,5}(?:\.0+)?$")).then(
        col("AssessmentResult").str.replace(r"\.0+$", "")).cast(pl.Int64))  # fmt: skip
    good = (col("score") <= HIGHEST_SCORE).fill_null(False)
    faults.add(
        "X01",
        Effect.NOTED,
        "AssessmentResults",
        whole.filter(~good),
        "AssessmentResult",
        "a score that is no whole number up to 65,535",
    )
    owners = found.rows.filter("live").select("EnrollmentID", "PersonalID")
    dated = tables.assessment.filter(col("live") & col("AssessmentDate").is_not_null()).select(
        "AssessmentID", "EnrollmentID", "AssessmentDate"
    )
    scored = whole.filter(good).join(dated, on="AssessmentID").join(owners, on="EnrollmentID")
    return scored.sort("AssessmentDate", maintain_order=True).group_by("PersonalID", maintain_order=True).agg(
        assessed_score=col("score").last()
    ).rename({"PersonalID": "head"})  # fmt: skip
