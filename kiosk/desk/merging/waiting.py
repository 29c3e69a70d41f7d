"""Who waits, by HMIS: every rule of the list in its order, one verdict for each person and each enrollment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import polars as pl
from polars import col

from kiosk.desk.merging import chronic_on_day, households, membership, whereabouts
from kiosk.desk.merging.export_ids import own_id
from kiosk.desk.merging.hmis_tables import Tables
from kiosk.desk.merging.list_rules import ListRules
from kiosk.desk.merging.membership import ADULT, REASONS, first_of, highest

LITERALLY: Final = (302, 327)
"""Places that count as homeless under `living = "literal"`, beside 100 to 299."""
ASSESSED_DAYS: Final = 365
"""How long an assessment says that somebody is placed, in days, where the rules require one."""
_LONG_STAY: Final = {0: 365, 8: 365, 2: 730}
"""Project type to the days after which a stay is long."""
_FRESH_TYPES: Final = (0, 2, 8)
"""Types whose people are there every day."""
EXPLAINED: Final = (
    "EnrollmentID", "PersonalID", "on_list", "reason", "notes", "chronic", "household_type", "household_size"
)  # fmt: skip
"""The columns of `--explain`."""
_ANSWERS: Final = {0: "no", 1: "unknown", 2: "yes"}


@dataclass(frozen=True)
class Waiting:
    """What came of an export."""

    rows: pl.DataFrame
    """Every enrollment with its own `reason` and whether it is `live`."""
    people: pl.DataFrame
    """Everybody on the list, one row each, with what ranks and what is shown."""
    verdicts: pl.DataFrame
    """Each person's `verdict`: the reason off the list, nothing for whoever is on it."""


def waiting(tables: Tables, day: date, rules: ListRules) -> Waiting:
    """Ask every rule of every enrollment and every person."""
    rows = membership.enrollments(tables, day, rules)
    homes = households.households(rows, day, rules)
    rows = _with_households(rows, homes)
    open_rows = rows.filter(col("passes"))
    qualifying = open_rows.filter(col("qualifies"))
    seen = whereabouts.contacts(tables, open_rows, day)
    places = whereabouts.latest(rows.filter(col("passes") | col("own").is_in(["exited"])), qualifying, homes, seen, day)
    heads = _heads(qualifying, homes)
    people = heads.join(places, left_on="head", right_on="PersonalID", how="left", maintain_order="left")
    people = people.join(
        _assessed(tables, rows, day), left_on="head", right_on="PersonalID", how="left", maintain_order="left"
    )
    people = people.join(
        _signs(tables, open_rows, qualifying, seen, day),
        left_on="head",
        right_on="PersonalID",
        how="left",
        maintain_order="left",
    )
    people = _with_stays(people, rows, open_rows, day, rules).with_columns(
        first_of(_person_tests(day, rules)).alias("verdict")
    )
    verdicts = _verdicts(rows, people)
    on_list = people.filter(col("verdict").is_null())
    members = households.members(open_rows, on_list.select("head", "household"))
    facts = _facts(qualifying, members, whereabouts.sightings(open_rows, seen, day), places, day)
    listed = on_list.join(households.made_of(members), on="head", how="left", maintain_order="left").join(
        facts, on="head", how="left", maintain_order="left"
    )
    return Waiting(rows, listed.with_columns(notes().alias("notes")), verdicts)


NOTES: Final = (
    "coc_blank", "exit_before_entry", "head_left", "housed_conflict", "long_stay", "minor_head", "move_in_ignored",
    "no_head", "stale", "two_heads",
)  # fmt: skip
"""Every note, by alphabet."""


def notes() -> pl.Expr:
    """What is noted of somebody, by alphabet, with a space between."""
    said = [pl.when(col(name).fill_null(False)).then(pl.lit(name)) for name in NOTES]
    return pl.concat_str(said, separator=" ", ignore_nulls=True)


def explained(found: Waiting) -> pl.DataFrame:
    """One line for each enrollment read."""
    listed = found.people.select(
        PersonalID="head", on=pl.lit(True), notes="notes",
        chronic=col("household_chronic").replace_strict(_ANSWERS, default=None, return_dtype=pl.String),
        household_type=col("household_type").cast(pl.String), household_size=col("household_size").cast(pl.String),
    )  # fmt: skip
    lines = found.rows.sort("row").join(found.verdicts, on="PersonalID", how="left", maintain_order="left")
    lines = lines.join(listed, on="PersonalID", how="left", maintain_order="left")
    on_list = col("on").fill_null(False) & (col("own") != "deleted").fill_null(True)
    reason = pl.when(~on_list).then(pl.coalesce("verdict", "own"))
    return lines.select(
        own_id("EnrollmentID").alias("EnrollmentID"),
        own_id("PersonalID").alias("PersonalID"),
        pl.when(on_list).then(pl.lit("yes")).otherwise(pl.lit("no")).alias("on_list"),
        reason.alias("reason"),
        *(pl.when(on_list).then(col(name)).alias(name) for name in EXPLAINED[4:]),
    )


def _with_households(rows: pl.DataFrame, homes: pl.DataFrame) -> pl.DataFrame:
    """Each row with its `own` reason of 1.1 and 1.2, whether it `passes` 1.1, and whether its household `qualifies`."""
    rows = rows.join(
        homes.select("household", "head", "household_reason"), on="household", how="left", maintain_order="left"
    )
    passes = col("reason").is_null()
    whole = passes & ((col("PersonalID") == col("head")) | (col("household_reason") == "children_left"))
    own = pl.coalesce(
        "reason",
        pl.when(whole).then(col("household_reason")),
        pl.when(col("PersonalID") != col("head")).then(pl.lit("not_head")),
    )
    return rows.with_columns(
        passes.alias("passes"), own.alias("own"), (passes & col("household_reason").is_null()).alias("qualifies")
    )


def _heads(qualifying: pl.DataFrame, homes: pl.DataFrame) -> pl.DataFrame:
    """Everybody who heads a qualifying household: the one entered last, and what is noted of all of theirs."""
    sizes = qualifying.group_by("household").agg(people=col("PersonalID").n_unique())
    own = qualifying.filter(col("PersonalID") == col("head")).join(sizes, on="household", how="left")
    last = own.sort("EntryDate", "people", "EnrollmentID", descending=[True, True, False]).unique(
        "head", keep="first", maintain_order=True
    )
    noted = own.select("head", "household").unique().join(
        homes.select("household", *households.NOTES), on="household"
    ).group_by("head").agg(col(name).any() for name in households.NOTES)  # fmt: skip
    kept = ("DisablingCondition", "TimesHomelessPastThreeYears", "MonthsHomelessPastThreeYears", "LengthOfStay", "age")
    return last.select("row", "head", "household", *kept).join(noted, on="head", how="left", maintain_order="left")


def _assessed(tables: Tables, rows: pl.DataFrame, day: date) -> pl.DataFrame:
    """Each person's latest assessment that says placed (1) or not (2): `status` and `assessed`."""
    known = tables.assessment.filter(
        col("live") & col("PrioritizationStatus").is_in([1, 2]) & (col("AssessmentDate") <= day)
    )
    whose = rows.filter(col("passes") | col("own").is_in(["exited", "not_begun", "deceased"])).select(
        "EnrollmentID", "PersonalID"
    )
    strength = col("AssessmentDate").cast(pl.Int32) * 4 + (3 - col("PrioritizationStatus"))
    latest = known.join(whose, on="EnrollmentID").group_by("PersonalID").agg(best=strength.max())
    return latest.select(
        "PersonalID", status=3 - col("best") % 4, assessed=(col("best") // 4).cast(pl.Int32).cast(pl.Date)
    )


def _signs(
    tables: Tables, open_rows: pl.DataFrame, qualifying: pl.DataFrame, seen: pl.DataFrame, day: date
) -> pl.DataFrame:
    """The last sign of each person, and her first and last qualifying entry."""
    events = [
        tables.assessment.filter("live").select("EnrollmentID", date="AssessmentDate"),
        tables.event.filter("live").select("EnrollmentID", date="EventDate"),
    ]
    told = pl.concat(events).join(open_rows.select("EnrollmentID", "PersonalID", "EntryDate"), on="EnrollmentID")
    told = told.filter((col("date") >= col("EntryDate")) & (col("date") <= day)).select("PersonalID", "date")
    entries = qualifying.select("PersonalID", date="EntryDate")
    last = (
        pl.concat([told, seen.select("PersonalID", "date"), entries]).group_by("PersonalID").agg(sign=col("date").max())
    )
    first = entries.group_by("PersonalID").agg(first_entry=col("date").min())
    return first.join(last, on="PersonalID", how="left")


def _with_stays(
    people: pl.DataFrame, rows: pl.DataFrame, open_rows: pl.DataFrame, day: date, rules: ListRules
) -> pl.DataFrame:
    """The notes of 1.4: stale, a long stay, an exit before its entry, housed and then seen homeless."""
    headed = open_rows.filter(col("qualifies") & (col("PersonalID") == col("head")))
    stays = headed.group_by("head").agg(
        fresh=col("ProjectType").is_in(_FRESH_TYPES).any(),
        long_stay=pl.any_horizontal(
            (col("ProjectType") == kind) & (col("EntryDate") < day - timedelta(days=days))
            for kind, days in _LONG_STAY.items()
        ).any(),
    )
    early = (
        rows.filter((col("ExitDate") < col("EntryDate")) & col("own").is_in(["exited"]))
        .select(head="PersonalID")
        .unique()
    )
    found = people.join(stays, on="head", how="left", maintain_order="left").join(
        early.with_columns(exit_before_entry=True), on="head", how="left", maintain_order="left"
    )
    return found.with_columns(
        stale=~col("fresh") & (col("sign") < day - timedelta(days=rules.contact_days)),
        housed_conflict=(col("housed_on") < col("place_date")).fill_null(False),
    )


def _person_tests(day: date, rules: ListRules) -> dict[str, pl.Expr]:
    """1.4 and 1.5: why somebody who heads a qualifying household is not on the list."""
    place = col("place")
    tests = {
        "housed_elsewhere": place == whereabouts.HOUSED,
        "own_home": place.is_between(400, 499),
        "not_placed": (col("status") == 2) & (col("assessed") >= col("first_entry")),
    }
    lately = col("assessed") >= day - timedelta(days=ASSESSED_DAYS)
    if rules.assessment == "required":
        tests["not_placed"] = (col("status") == 2).fill_null(False)
        tests["not_assessed"] = ~lately.fill_null(False)
    elif rules.assessment == "ignore":
        del tests["not_placed"]
    if rules.living == "literal":
        tests["not_literally_homeless"] = ~(place.is_between(100, 299) | place.is_in(LITERALLY)).fill_null(False)
    if rules.stale == "leave_out":
        tests["inactive"] = col("stale")
    return tests


def _verdicts(rows: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """Off the list: the person's own reason, or the highest of her rows where she heads no qualifying household."""
    by_rows = rows.filter(col("PersonalID").is_not_null()).group_by("PersonalID").agg(at=highest("own").max())
    names = pl.Series("names", REASONS)
    found = by_rows.join(people.select("verdict", PersonalID="head", heads=pl.lit(True)), on="PersonalID", how="left")
    by_row = col("at").replace_strict(dict(enumerate(names)), default=None, return_dtype=pl.String)
    return found.select(
        "PersonalID", verdict=pl.when(col("heads").fill_null(False)).then(col("verdict")).otherwise(by_row)
    )


def _facts(
    qualifying: pl.DataFrame, members: pl.DataFrame, sightings: pl.DataFrame, places: pl.DataFrame, day: date
) -> pl.DataFrame:
    """For each head: chronic of herself and her household, and the length of her homelessness."""
    mine = qualifying.join(members.select("PersonalID").unique(), on="PersonalID", how="semi")
    judged = chronic_on_day.judged(mine, sightings, places, day)
    rank = col("EntryDate").cast(pl.Int32) * 4 + col("chronic")
    persons = judged.group_by("PersonalID").agg(
        ever=col("chronic").max(),
        last=(rank.max() % 4).cast(pl.Int8),
        year=col("year").any(),
        months=col("months").max(),
        most=pl.when(col("TimesHomelessPastThreeYears").is_between(1, 3)).then(col("months")).max(),
    )
    persons = persons.with_columns(
        own_chronic=pl.when(col("ever") == chronic_on_day.YES).then(col("ever")).otherwise(col("last"))
    )
    house = members.filter(col("is_head") | (col("age") >= ADULT).fill_null(False)).join(
        persons.select("PersonalID", "own_chronic"), on="PersonalID"
    ).group_by("head").agg(household_chronic=col("own_chronic").max())  # fmt: skip
    return house.join(persons.select("year", "months", "most", head="PersonalID"), on="head", how="left")
