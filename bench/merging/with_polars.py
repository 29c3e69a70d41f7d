"""The merge as one would write it in polars: the list rules in one script, without checks, audit, notes or disguise."""

from __future__ import annotations

import os
import sys
from datetime import date, timedelta
from pathlib import Path

import polars as pl
from polars import col

FOLDER, LISTS, OUT, TODAY = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), date.fromisoformat(sys.argv[4])
TYPES = [0, 1, 2, 3, 4, 8, 9, 10, 13, 14]
HOMELESS = [101, 116, 118]


def scan(name: str, *columns: str) -> pl.LazyFrame:
    path = FOLDER / f"{name}.csv"
    if not path.exists():
        return pl.LazyFrame(schema=dict.fromkeys(columns, pl.String))
    table = pl.scan_csv(path, infer_schema=False, empty_string_is_null=True).select(*columns, "DateDeleted")
    return table.filter(col("DateDeleted").is_null()).drop("DateDeleted")


def day(name: str) -> pl.Expr:
    return col(name).str.head(10).str.to_date("%Y-%m-%d", strict=False)


def code(name: str) -> pl.Expr:
    return col(name).cast(pl.Int16, strict=False)


def projects() -> pl.LazyFrame:
    plain = (
        scan("Organization", "OrganizationID", "VictimServiceProvider")
        .group_by("OrganizationID")
        .agg(plain=(col("VictimServiceProvider").fill_null("99") == "0").all())
    )
    return (
        scan("Project", "ProjectID", "OrganizationID", "ProjectType", "OperatingEndDate")
        .join(plain, on="OrganizationID")
        .filter("plain")
        .select("ProjectID", kind=code("ProjectType"), closed=(day("OperatingEndDate") <= TODAY).fill_null(False))
    )


def enrollments() -> pl.DataFrame:
    ids = ["EnrollmentID", "PersonalID", "ProjectID", "HouseholdID"]
    dates = ["EntryDate", "MoveInDate", "DateToStreetESSH"]
    codes = [
        "RelationshipToHoH",
        "LivingSituation",
        "LengthOfStay",
        "LOSUnderThreshold",
        "PreviousStreetESSH",
        "TimesHomelessPastThreeYears",
        "MonthsHomelessPastThreeYears",
        "DisablingCondition",
    ]
    rows = scan("Enrollment", *ids, *dates, *codes).select(*ids, *map(day, dates), *map(code, codes))
    clients = scan("Client", "PersonalID", "DOB", "DOBDataQuality", "VeteranStatus").select(
        "PersonalID", day("DOB"), code("DOBDataQuality"), code("VeteranStatus")
    )
    exits = (
        scan("Exit", "EnrollmentID", "ExitDate", "Destination")
        .select("EnrollmentID", day("ExitDate"), code("Destination"))
        .sort("ExitDate")
        .unique("EnrollmentID", keep="first")
    )
    good = (col("DOB") <= col("EntryDate")) & ~col("DOBDataQuality").is_in([8, 9, 99])
    years = TODAY.year - col("DOB").dt.year() - (col("DOB").dt.ordinal_day() > TODAY.timetuple().tm_yday).cast(pl.Int32)
    rows = (
        rows.unique("EnrollmentID", keep="first", maintain_order=True)
        .join(projects(), on="ProjectID")
        .join(clients, on="PersonalID")
        .join(exits, on="EnrollmentID", how="left")
        .filter(col("EntryDate") <= TODAY)
        .with_columns(
            gone=(col("ExitDate") <= TODAY).fill_null(False),
            born=pl.when(good).then(col("DOB")),
            age=pl.when(good).then(years),
            marked=col("RelationshipToHoH") == 1,
        )
    )
    found = rows.collect()
    dead = found.filter(col("gone") & (col("Destination") == 24)).select("PersonalID").unique()
    home = (
        pl.when(col("HouseholdID").is_null())
        .then(col("EnrollmentID").hash(1))
        .otherwise(pl.struct("ProjectID", "HouseholdID").hash(2))
    )
    return found.join(dead, on="PersonalID", how="anti").with_columns(home=home)


def main() -> None:
    os.umask(0o077)
    rows = enrollments()
    inside = rows.filter(~col("gone"))
    moved = (
        rows.filter(
            col("marked") & col("kind").is_in([3, 9, 10, 13]) & col("MoveInDate").is_between(col("EntryDate"), TODAY)
        )
        .group_by("home")
        .agg(moved=col("MoveInDate").min())
    )
    heads = (
        inside.sort("home", ~col("marked"), "born", "PersonalID", nulls_last=True)
        .group_by("home", maintain_order=True)
        .agg(head=col("PersonalID").first(), kind=col("kind").first(), closed=col("closed").first())
        .join(moved, on="home", how="left")
    )
    inside = inside.join(heads.drop("kind", "closed"), on="home")
    passing = heads.filter(col("kind").is_in(TYPES) & ~col("closed") & col("moved").is_null()).select("home")
    ours = inside.join(passing, on="home", how="semi")
    living = (
        scan("CurrentLivingSituation", "EnrollmentID", "InformationDate", "CurrentLivingSituation")
        .select("EnrollmentID", date=day("InformationDate"), place=code("CurrentLivingSituation"))
        .collect()
    )
    nights = (
        scan("Services", "EnrollmentID", "DateProvided", "RecordType")
        .filter(col("RecordType") == "200")
        .select("EnrollmentID", date=day("DateProvided"), place=pl.lit(101, pl.Int16))
        .collect()
    )
    seen = (
        pl.concat([living, nights])
        .join(inside.select("EnrollmentID", "PersonalID", "EntryDate"), on="EnrollmentID")
        .filter(col("date").is_between(col("EntryDate"), TODAY))
        .select("PersonalID", "date", "place")
    )
    entry = (
        pl.when(col("kind").is_in([0, 1]))
        .then(101)
        .when(col("kind") == 8)
        .then(118)
        .when(col("kind") == 2)
        .then(302)
        .when(col("LivingSituation").is_between(100, 499))
        .then(col("LivingSituation"))
        .when(col("kind") == 4)
        .then(116)
        .cast(pl.Int16)
    )
    evidence = pl.concat(
        [
            ours.select("PersonalID", date="EntryDate", place=entry),
            seen,
            inside.filter(col("moved").is_not_null()).select(
                "PersonalID", date=pl.max_horizontal("moved", "EntryDate"), place=pl.lit(498, pl.Int16)
            ),
            rows.filter(col("gone") & col("Destination").is_between(400, 499)).select(
                "PersonalID", date="ExitDate", place=pl.lit(498, pl.Int16)
            ),
        ]
    ).drop_nulls()
    rank = pl.when(col("place") >= 400).then(0).when(col("place") < 200).then(2).otherwise(1)
    key = (col("date").cast(pl.Int32).cast(pl.Int64) * 4 + rank) * 2048 + col("place")
    place = evidence.group_by("PersonalID").agg(best=key.max()).select("PersonalID", place=col("best") % 2048)
    assessed = (
        scan("Assessment", "EnrollmentID", "AssessmentDate", "PrioritizationStatus")
        .filter(col("PrioritizationStatus").is_in(["1", "2"]))
        .select("EnrollmentID", date=day("AssessmentDate"), status=code("PrioritizationStatus"))
        .collect()
        .join(rows.select("EnrollmentID", "PersonalID"), on="EnrollmentID")
        .filter(col("date") <= TODAY)
        .sort("date")
        .group_by("PersonalID", maintain_order=True)
        .agg(col("status").last(), assessed=col("date").last())
    )
    stays = inside.filter(col("kind").is_in([0, 8])).select("PersonalID", date="EntryDate", until=pl.lit(TODAY))
    sights = pl.concat([stays, seen.filter(col("place").is_in(HOMELESS)).select("PersonalID", "date", until="date")])
    ours = ours.with_row_index("at")
    later = (
        ours.filter(col("kind") != 2)
        .select("at", "PersonalID", "EntryDate")
        .join(sights, on="PersonalID")
        .filter(col("until") > col("EntryDate"))
        .with_columns(date=pl.max_horizontal("date", "EntryDate"))
        .sort("at", "date")
    )
    before = pl.coalesce(col("until").cum_max().shift(1).over("at"), "EntryDate")
    later = later.with_columns(broken=(col("date") - before) > timedelta(90)).filter(
        ~col("broken").cum_max().over("at")
    )
    ours = ours.join(later.group_by("at").agg(reached=col("until").max()), on="at", how="left").with_columns(
        end=pl.coalesce("reached", "EntryDate")
    )
    began = pl.when(col("DateToStreetESSH") <= col("EntryDate")).then(pl.max_horizontal("DateToStreetESSH", "born"))
    since = (
        (col("end").dt.year() - col("EntryDate").dt.year()) * 12
        + col("end").dt.month().cast(pl.Int32)
        - col("EntryDate").dt.month()
    )
    said = col("MonthsHomelessPastThreeYears").cast(pl.Int32)
    months = pl.when(said.is_between(101, 113)).then(
        said - 100 + since - ((since > 0) & (col("EntryDate").dt.day() != 1)).cast(pl.Int32)
    )
    ours = ours.with_columns(began=began, months=months)
    times, street = col("TimesHomelessPastThreeYears"), col("LivingSituation").is_in(HOMELESS)
    year = ((col("end") - pl.coalesce("began", "EntryDate")) >= timedelta(365)) | (
        col("began").is_null() & street & (col("LengthOfStay") == 5)
    )
    c = (
        pl.when(year)
        .then(2)
        .when(times == 4)
        .then(pl.when(col("months").is_null()).then(1).when(col("months") >= 12).then(2).otherwise(0))
        .when(~times.is_in([1, 2, 3]).fill_null(False))
        .then(pl.when(col("months") <= 11).then(0).otherwise(1))
        .when(col("began").is_not_null())
        .then(0)
        .when(col("months").is_null())
        .then(1)
        .when(times == 1)
        .then(pl.when(col("months") >= 13).then(2).when(col("months") == 12).then(1).otherwise(0))
        .when(col("months") >= 13)
        .then(1)
        .otherwise(0)
    )
    stay, under = col("LengthOfStay"), col("LOSUnderThreshold")
    jail, house = (
        col("LivingSituation").is_between(200, 299),
        col("LivingSituation").is_between(300, 499) | (col("LivingSituation") == 17),
    )
    brief = (
        pl.when(under.is_in([0, 1]))
        .then(under * 2)
        .when(stay.is_in([10, 11]))
        .then(2)
        .when(stay.is_in([2, 3]))
        .then(jail.cast(pl.Int16) * 2)
        .when(stay.is_in([4, 5]))
        .then(0)
        .otherwise(1)
    )
    was = pl.when(col("PreviousStreetESSH").is_in([0, 1])).then(col("PreviousStreetESSH") * 2).otherwise(1)
    b = (
        pl.when(col("kind").is_in([0, 1, 4, 8]) | street)
        .then(2)
        .when(jail | house)
        .then(pl.min_horizontal(brief, was))
        .otherwise(1)
    )
    a = pl.when(col("DisablingCondition").is_in([0, 1])).then(col("DisablingCondition") * 2).otherwise(1)
    ours = ours.with_columns(chronic=pl.min_horizontal(a, b, c), year=year)
    people = (
        ours.group_by("PersonalID")
        .agg(
            ever=col("chronic").max(),
            last=(col("EntryDate").cast(pl.Int32) * 4 + col("chronic")).max() % 4,
            year=col("year").any(),
            months=col("months").max(),
        )
        .with_columns(own=pl.when(col("ever") == 2).then(2).otherwise(col("last")))
    )
    mine = (
        ours.filter(col("PersonalID") == col("head"))
        .sort("EntryDate", descending=True)
        .unique("head", keep="first", maintain_order=True)
    )
    mine = (
        mine.join(place, on="PersonalID", how="left")
        .filter((col("place") < 400).fill_null(True))
        .join(assessed, on="PersonalID", how="left")
        .filter(((col("status") == 1) | (col("assessed") < col("EntryDate"))).fill_null(True))
    )
    members = ours.join(mine.select("home"), on="home", how="semi").unique(["home", "PersonalID"])
    made = (
        members.join(people.select("PersonalID", "own"), on="PersonalID")
        .group_by("home")
        .agg(
            size=pl.len(),
            child=((col("age") < 18) & (col("PersonalID") != col("head"))).any(),
            young=(col("age") <= 24).all(),
            house=col("own").filter((col("PersonalID") == col("head")) | (col("age") >= 18)).max(),
            veteran=(col("VeteranStatus") == 1).any(),
        )
    )
    listed = mine.join(made, on="home").join(
        people.select("PersonalID", "year", most="months"), on="PersonalID", suffix=" all"
    )
    most = col("most").fill_null(0)
    hmis = listed.select(
        key="PersonalID",
        chronic=pl.when(col("house") == 2)
        .then(2)
        .when((col("DisablingCondition") == 1) & col("place").is_in(HOMELESS) & (most >= 12))
        .then(1)
        .otherwise(0),
        length=pl.when(col("year all") | (most >= 12))
        .then(3)
        .when(most >= 6)
        .then(2)
        .when(most >= 3)
        .then(1)
        .otherwise(0),
        unsheltered=(col("place") == 116).cast(pl.Int32).fill_null(0),
        tie=col("PersonalID").hash(7),
        disabling=col("DisablingCondition").cast(pl.String),
        times=col("TimesHomelessPastThreeYears").cast(pl.String),
        veteran=col("veteran").cast(pl.Int8).cast(pl.String),
        youth=col("young").cast(pl.Int8).cast(pl.String),
        size=col("size").clip(1, 5).cast(pl.String),
    )
    theirs = (
        pl.read_csv(LISTS, infer_schema=False)
        .filter(col("release_expires") >= TODAY.isoformat()[:7])
        .select(
            key="list_number",
            chronic=code("chronic_status").cast(pl.Int32),
            length=code("months_band").cast(pl.Int32),
            unsheltered=(col("sheltered") == "n").cast(pl.Int32).fill_null(0),
            tie=col("tie_break").hash(7),
            disabling="disabling_condition",
            times="times_band",
            veteran="veteran",
            youth="youth_household",
            size="household_size_band",
        )
    )
    both = pl.concat([hmis, theirs]).sort(
        "chronic", "length", "unsheltered", "tie", descending=[True, True, True, False]
    )
    low = 10 ** max(3, len(str(len(both))))
    drawn = pl.int_range(low, 10 * low, eager=True).sample(len(both), shuffle=True)
    numbered = both.with_columns(rank=pl.int_range(1, pl.len() + 1), number=drawn)
    numbered.select("rank", "number", pl.exclude("key", "tie", "rank", "number")).write_csv(OUT)
    numbered.select("number", "key").write_csv(OUT.with_suffix(".key.csv"))
    print(len(both))


main()
