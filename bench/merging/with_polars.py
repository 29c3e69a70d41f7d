"""The merge as one would write it in polars: lazy scans of the needed columns, one plan, two files out."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import polars as pl

TODAY = sys.argv[4]
NO_VALUE = ["8", "9", "99"]


def scan(folder: Path, name: str, *columns: str) -> pl.LazyFrame:
    return pl.scan_csv(folder / f"{name}.csv", infer_schema=False, empty_string_is_null=False).select(columns)


def known(column: str) -> pl.Expr:
    return pl.when(pl.col(column).is_in(NO_VALUE)).then(pl.lit("")).otherwise(pl.col(column))


def hmis(folder: Path) -> pl.LazyFrame:
    services = (
        scan(folder, "Project", "ProjectID", "OrganizationID")
        .join(scan(folder, "Organization", "OrganizationID", "VictimServiceProvider"), on="OrganizationID")
        .filter(pl.col("VictimServiceProvider") == "1")
    )
    exits = scan(folder, "Exit", "EnrollmentID", "ExitDate", "DateDeleted").filter(
        (pl.col("DateDeleted") == "") & (pl.col("ExitDate") <= TODAY)
    )
    enrollments = scan(
        folder,
        "Enrollment",
        "EnrollmentID",
        "PersonalID",
        "ProjectID",
        "EntryDate",
        "HouseholdID",
        "RelationshipToHoH",
        "LivingSituation",
        "LengthOfStay",
        "TimesHomelessPastThreeYears",
        "MonthsHomelessPastThreeYears",
        "DisablingCondition",
        "MoveInDate",
        "DateDeleted",
    ).filter(pl.col("DateDeleted") == "")
    members = enrollments.group_by("HouseholdID").agg(
        size=pl.len(), children=(pl.col("RelationshipToHoH") == "2").sum()
    )
    scores = (
        scan(
            folder,
            "AssessmentResults",
            "AssessmentID",
            "PersonalID",
            "AssessmentResultType",
            "AssessmentResult",
            "DateDeleted",
        )
        .filter((pl.col("DateDeleted") == "") & (pl.col("AssessmentResultType") == "Housing score"))
        .join(
            scan(folder, "Assessment", "AssessmentID", "AssessmentDate", "DateDeleted")
            .filter(pl.col("DateDeleted") == "")
            .drop("DateDeleted"),
            on="AssessmentID",
        )
        .sort("AssessmentDate")
        .group_by("PersonalID")
        .agg(score=pl.col("AssessmentResult").last().cast(pl.Int64))
    )
    clients = scan(folder, "Client", "PersonalID", "VeteranStatus", "DOB", "DateDeleted").filter(
        pl.col("DateDeleted") == ""
    )
    return (
        enrollments.filter(
            (pl.col("RelationshipToHoH") == "1") & ((pl.col("MoveInDate") == "") | (pl.col("MoveInDate") > TODAY))
        )
        .join(services, on="ProjectID", how="anti")
        .join(exits, on="EnrollmentID", how="anti")
        .sort("EntryDate", "EnrollmentID", descending=True)
        .unique("PersonalID", keep="first", maintain_order=True)
        .join(members, on="HouseholdID", how="left")
        .join(clients, on="PersonalID")
        .join(scores, on="PersonalID", how="left")
        .select(
            key=pl.col("PersonalID"),
            tie=pl.col("PersonalID").hash(7),
            months=known("MonthsHomelessPastThreeYears").cast(pl.Int64, strict=False).fill_null(0),
            times=known("TimesHomelessPastThreeYears").cast(pl.Int64, strict=False).fill_null(0),
            living=known("LivingSituation"),
            stay=known("LengthOfStay"),
            disabling=known("DisablingCondition"),
            veteran=known("VeteranStatus"),
            youth=(pl.col("DOB") > f"{int(TODAY[:4]) - 25}{TODAY[4:]}").cast(pl.Int64),
            children=pl.col("children").clip(0, 3),
            size=pl.col("size").clip(1, 5),
            score=pl.col("score"),
        )
    )


def judged(people: pl.LazyFrame) -> pl.LazyFrame:
    disabling, living, months = pl.col("disabling") == "1", pl.col("living"), pl.col("months")
    street = living.is_in(["101", "116", "118"])
    long = (pl.col("stay") == "5") & street
    chronic = (
        pl.when(disabling & (((months >= 112) & (pl.col("times") == 4)) | long))
        .then(2)
        .when(disabling & (months >= 110) & (pl.col("times") >= 3))
        .then(1)
        .otherwise(0)
    )
    band = pl.when(months >= 112).then(3).when(months >= 106).then(2).when(months >= 103).then(1).otherwise(0)
    points = (
        disabling.cast(pl.Int64) * 4
        + band
        + pl.when(pl.col("times") == 4).then(2).when(pl.col("times") >= 2).then(1).otherwise(0)
        + pl.when(living == "116").then(3).when(living.is_in(["101", "118"])).then(2).otherwise(0)
        + long.cast(pl.Int64)
        + (pl.col("children") == 3).cast(pl.Int64)
        + pl.col("youth")
        + (pl.col("veteran") == "1").cast(pl.Int64)
    )
    sheltered = pl.when(living == "").then(pl.lit("")).when(living == "116").then(pl.lit("n")).otherwise(pl.lit("y"))
    return people.select(
        "key",
        "tie",
        "disabling",
        "times",
        "veteran",
        "youth",
        "size",
        children=(pl.col("children") > 0).cast(pl.Int64),
        chronic=chronic,
        months=band,
        sheltered=sheltered,
        unsheltered=(living == "116").cast(pl.Int64),
        score=pl.coalesce("score", points),
    )


def external(path: Path) -> pl.LazyFrame:
    whole = pl.scan_csv(path, infer_schema=False, empty_string_is_null=False)
    number = pl.col("chronic_status", "months_band", "score", "times_band")
    return (
        whole.filter(pl.col("release_expires") >= TODAY[:7])
        .with_columns(number.cast(pl.Int64))
        .select(
            key=pl.col("list_number"),
            tie=pl.col("tie_break").hash(7),
            disabling=known("disabling_condition"),
            times=pl.col("times_band"),
            veteran=known("veteran"),
            youth=known("youth_household").cast(pl.Int64, strict=False),
            size=known("household_size_band").cast(pl.Int64, strict=False),
            children=(pl.col("household_type") == "3").cast(pl.Int64),
            chronic=pl.col("chronic_status"),
            months=pl.col("months_band"),
            sheltered="sheltered",
            unsheltered=(pl.col("sheltered") == "n").cast(pl.Int64),
            score="score",
        )
    )


def damm(payload: pl.Series) -> pl.Series:
    """The check digit of each number, a digit at a time for all of them."""
    table = pl.Series(
        [
            int(digit)
            for digit in "0317598642709215486342068713591750983426612304597836742095815869720134"
            "894536201794386172052581436790"
        ]
    )
    state = pl.Series([0]).extend_constant(0, len(payload) - 1)
    for place in range(len(str(payload.max())) - 1, -1, -1):
        state = table.gather(state * 10 + payload // 10**place % 10)
    return state


def main() -> None:
    folder, lists, out = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
    os.umask(0o077)
    both = pl.concat([judged(hmis(folder)), external(lists)], how="diagonal_relaxed")
    ranked = both.sort(
        "chronic", "months", pl.col("score") // 3, "unsheltered", "tie", descending=[True, True, True, True, False]
    ).collect()
    low = 10 ** max(3, len(str(len(ranked))))
    drawn = pl.int_range(low, 10 * low, eager=True).sample(len(ranked), shuffle=True)
    numbered = ranked.with_columns(rank=pl.int_range(1, pl.len() + 1), number=drawn * 10 + damm(drawn))
    numbered.select(
        "rank",
        "number",
        "chronic",
        "months",
        "score",
        "sheltered",
        "disabling",
        "times",
        "veteran",
        "youth",
        "children",
        "size",
    ).write_csv(out)
    numbered.select("number", "key").write_csv(out.with_suffix(".key.csv"))
    print(len(ranked))


main()
