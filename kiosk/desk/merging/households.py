"""Households: who heads each, and whether it qualifies (1.2 of the list rules); what it is made of (section 3)."""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl
from polars import col

from kiosk.desk.merging.list_rules import ListRules
from kiosk.desk.merging.membership import ADULT, HOUSING, first_of
from schema.answers import HouseholdType

YOUTH: Final = 24
"""The highest age, in years, of a youth household."""
UNKNOWN_TYPE: Final = 99
_OLD_HOUSING: Final = (3, 9, 10)
_MOVE_IN_SINCE: Final = date(2017, 10, 1)
"""Since when a move-in date is recorded: who entered before counts as moved in (HMIS reporting glossary)."""
NOTES: Final = ("two_heads", "head_left", "no_head", "minor_head", "coc_blank", "move_in_ignored")
"""What is noted of a household that stays."""
MARKED: Final = col("RelationshipToHoH") == 1


def households(rows: pl.DataFrame, day: date, rules: ListRules) -> pl.DataFrame:
    """One row a household with an open row: its `head`, notes, `moved` and the `household_reason` of tests 9 to 13."""
    open_rows = rows.filter(col("reason").is_null())
    heads = _heads(open_rows, _left(rows))
    own = open_rows.sort(~MARKED, maintain_order=True).unique(["household", "PersonalID"], keep="first")
    at_head = heads.join(
        own.select(
            "household", "ProjectID", "ProjectType", "waits", "closed", "EnrollmentCoC", "EntryDate", "MoveInDate",
            head=col("PersonalID"),
        ),
        on=["household", "head"], how="left",
    ).join(_moved(rows, day), on="household", how="left")  # fmt: skip
    usable = (col("MoveInDate") >= col("EntryDate")) & (col("MoveInDate") <= day)
    houses = col("ProjectType").is_in(HOUSING)
    old = col("ProjectType").is_in(_OLD_HOUSING) & (col("EntryDate") < _MOVE_IN_SINCE)
    by_head = pl.when(houses & col("marked_moved").is_null()).then(
        pl.coalesce(pl.when(usable).then(col("MoveInDate")), pl.when(old).then(col("EntryDate")))
    )  # fmt: skip
    moved = pl.coalesce("marked_moved", pl.when(col("any_marked").is_null()).then(by_head))
    early = pl.coalesce("marked_early", (col("MoveInDate") < col("EntryDate"))).fill_null(False)
    other = pl.lit(False)
    if rules.coc:
        other = ~col("EnrollmentCoC").is_in(rules.coc).fill_null(True)
    return at_head.with_columns(
        moved.alias("moved"),
        (houses & early & moved.is_null()).alias("move_in_ignored"),
        (pl.lit(bool(rules.coc)) & col("EnrollmentCoC").is_null()).alias("coc_blank"),
    ).with_columns(
        first_of(
            {
                "project_type": ~col("waits"),
                "project_closed": col("closed"),
                "other_coc": other,
                "moved_in": col("moved").is_not_null(),
                "children_left": col("children_left"),
            }
        ).alias("household_reason")
    )


def _left(rows: pl.DataFrame) -> pl.DataFrame:
    """Households that somebody marked as head has left, or died in."""
    return rows.filter(MARKED & col("reason").is_in(["exited", "deceased"])).select("household").unique()


def _heads(open_rows: pl.DataFrame, left: pl.DataFrame) -> pl.DataFrame:
    """The head of each household: whoever is marked, the eldest of several, or the eldest where none is."""
    small = open_rows.select("household", "PersonalID", "born", "age", marked=MARKED.fill_null(False))
    small = small.with_columns(adult=(col("age") >= ADULT).fill_null(False))
    eldest = ["household", ~col("marked"), col("born"), col("PersonalID")]
    first = small.sort(*eldest, nulls_last=True).group_by("household", maintain_order=True).agg(
        head=col("PersonalID").first(),
        one_marked=col("marked").first(),
        head_adult=col("adult").first(),
        head_age=col("age").first(),
        last_marked=col("PersonalID").filter("marked").max(),
        first_marked=col("PersonalID").filter("marked").min(),
    )  # fmt: skip
    adults = small.filter("adult").sort("household", "born", "PersonalID")
    oldest = adults.group_by("household", maintain_order=True).agg(eldest_adult=col("PersonalID").first())
    found = (
        first.join(left.with_columns(left=True), on="household", how="left")
        .join(oldest, on="household", how="left")
        .with_columns(gone=~col("one_marked") & col("left").fill_null(False))
    )
    minor = (col("head_age") < ADULT).fill_null(False) & col("eldest_adult").is_not_null() & col("one_marked")
    return found.with_columns(
        two_heads=(col("first_marked") != col("last_marked")).fill_null(False),
        head_left=col("gone"),
        no_head=~col("one_marked") & ~col("gone"),
        minor_head=minor,
        children_left=col("gone") & col("eldest_adult").is_null(),
        head=pl.when(minor | col("gone")).then(pl.coalesce("eldest_adult", "head")).otherwise(col("head")),
    ).select("household", "head", "two_heads", "head_left", "no_head", "minor_head", "children_left")


def _moved(rows: pl.DataFrame, day: date) -> pl.DataFrame:
    """When a household moved in, by the rows that are marked as head, those who left it since among them."""
    marked = rows.filter(
        MARKED
        & (col("reason").is_null() | col("reason").is_in(["exited", "deceased"]))
        & col("ProjectType").is_in(HOUSING)
    )
    usable = (col("MoveInDate") >= col("EntryDate")) & (col("MoveInDate") <= day)
    old = col("ProjectType").is_in(_OLD_HOUSING) & (col("EntryDate") < _MOVE_IN_SINCE)
    return marked.group_by("household").agg(
        any_marked=pl.lit(True),
        marked_moved=pl.coalesce(
            pl.when(usable).then(col("MoveInDate")), pl.when(old).then(col("EntryDate"))
        ).min(),
        marked_early=(col("MoveInDate") < col("EntryDate")).any(),
    )  # fmt: skip


def members(open_rows: pl.DataFrame, chosen: pl.DataFrame) -> pl.DataFrame:
    """Everybody in the household of each head in `chosen` (`head`, `household`), once."""
    once = open_rows.join(chosen, on="household").unique(["household", "PersonalID"], keep="first", maintain_order=True)
    return once.with_columns(
        adult=(col("age") >= ADULT).fill_null(False),
        child=(col("age") < ADULT).fill_null(False),
        unknown=col("age").is_null(),
        is_head=col("PersonalID") == col("head"),
    )


def made_of(people: pl.DataFrame) -> pl.DataFrame:
    """Section 3 of each head's household: type, size, children, youth and veteran."""
    veteran = col("VeteranStatus").filter(col("is_head") | col("adult"))
    counted = people.group_by("head", maintain_order=True).agg(
        adults=col("adult").any(),
        any_child=col("child").any(),
        children=(col("child") & ~col("is_head")).sum(),
        anyone_unknown=col("unknown").any(),
        household_size=pl.len(),
        with_children=(col("child") & ~col("is_head")).any(),
        youth=pl.when(col("unknown").any()).then(None).otherwise((col("age") <= YOUTH).all()),
        a_veteran=(veteran == 1).any(),
        head_no_veteran=(col("VeteranStatus").filter("is_head") == 0).any(),
    )
    return counted.select(
        "head",
        "household_size",
        "with_children",
        "children",
        "youth",
        household_type=pl.when(col("adults") & col("any_child"))
        .then(int(HouseholdType.ADULTS_AND_CHILDREN))
        .when(col("anyone_unknown"))
        .then(UNKNOWN_TYPE)
        .when(col("adults"))
        .then(int(HouseholdType.WITHOUT_CHILDREN))
        .otherwise(int(HouseholdType.ONLY_CHILDREN)),
        veteran=pl.when(col("a_veteran")).then(True).when(col("head_no_veteran")).then(False),
    )
