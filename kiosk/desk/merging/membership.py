"""Who is on the list by what an enrollment says of itself: rules 1.1 and 1.2 of the list rules, one expression each."""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl
from polars import col

from kiosk.desk.merging.export_ids import own_id
from kiosk.desk.merging.hmis_tables import Tables
from kiosk.desk.merging.list_rules import ListRules

REASONS: Final = (
    "deleted", "unreadable", "no_project", "no_client", "victim_services", "not_begun", "exited", "deceased",
    "project_type", "project_closed", "other_coc", "moved_in", "children_left", "not_head", "housed_elsewhere",
    "own_home", "not_placed", "not_assessed", "not_literally_homeless", "inactive",
)  # fmt: skip
"""Every reason off the list, in the order in which they are asked."""
ADULT: Final = 18
OLDEST: Final = 105
"""From this age on, in years, a date of birth is taken for a slip."""
DIED: Final = 24
"""HUD's destination of the dead (3.12)."""
HOUSING: Final = (3, 9, 10, 13)
"""Project types in which people move in (3.20)."""


def first_of(tests: dict[str, pl.Expr]) -> pl.Expr:
    """The name of the first test that is true; nothing where none is."""
    return pl.coalesce(pl.when(test).then(pl.lit(name)) for name, test in tests.items())


def highest(column: str) -> pl.Expr:
    """A reason as its place in `REASONS`, so that the highest of several can be taken."""
    return col(column).replace_strict({name: at for at, name in enumerate(REASONS)}, return_dtype=pl.Int8)


def enrollments(tables: Tables, day: date, rules: ListRules) -> pl.DataFrame:
    """Every row of Enrollment.csv with what the other files say of it, and its `reason` of 1.1, if any."""
    rows = (
        tables.enrollment.with_row_index("row")
        .join(_projects(tables, day, rules), on="ProjectID", how="left", maintain_order="left")
        .join(_clients(tables), on="PersonalID", how="left", maintain_order="left")
        .join(_exits(tables), on="EnrollmentID", how="left", maintain_order="left")
    )
    again = col("EnrollmentID").is_not_null() & ~col("EnrollmentID").is_first_distinct()
    rows = rows.with_columns(first_of(_row_tests(day)).alias("reason"), (again & col("live")).alias("again"))
    rows = rows.with_columns(pl.when(col("again")).then(pl.lit("deleted")).otherwise(col("reason")).alias("reason"))
    died = rows.filter(exits_that_count(day) & (col("Destination") == DIED)).select("PersonalID").unique()
    rows = rows.join(died.with_columns(died=True), on="PersonalID", how="left", maintain_order="left")
    rows = rows.with_columns(pl.coalesce("reason", pl.when(col("died")).then(pl.lit("deceased"))).alias("reason"))
    return rows.with_columns(_born(day)).with_columns(age(day).alias("age"), _household().alias("household"))


def exits_that_count(day: date) -> pl.Expr:
    """Whether a row is an exit up to the day, of a project that is no victim service provider's."""
    good = col("reason").is_null() | (col("reason") == "exited")
    return good & (col("ExitDate") <= day)


def _row_tests(day: date) -> dict[str, pl.Expr]:
    """1.1: the first that fires is the row's reason."""
    return {
        "deleted": ~col("live"),
        "unreadable": col("PersonalID").is_null() | col("EntryDate").is_null(),
        "no_project": col("ProjectType").is_null(),
        "no_client": col("client").is_null(),
        "victim_services": ~col("no_victim_services"),
        "not_begun": col("EntryDate") > day,
        "exited": col("ExitDate") <= day,
    }


def _projects(tables: Tables, day: date, rules: ListRules) -> pl.DataFrame:
    """Live projects, each once, with whether their people wait."""
    plain = (
        tables.organization.filter(col("live") & col("OrganizationID").is_not_null())
        .group_by("OrganizationID")
        .agg(no_victim_services=(col("VictimServiceProvider").fill_null(99) == 0).all())
    )
    began = col("CEParticipationStatusStartDate").fill_null(day) <= day
    goes_on = col("CEParticipationStatusEndDate").fill_null(date.max) >= day
    access = (
        tables.participation.filter(col("live") & (col("AccessPoint") == 1) & began & goes_on)
        .select("ProjectID")
        .unique()
        .with_columns(access=pl.lit(rules.access_points))
    )
    counts = pl.lit(True)
    if rules.projects:
        counts &= own_id("ProjectID").is_in(rules.projects)
    if rules.leave_projects:
        counts &= ~own_id("ProjectID").is_in(rules.leave_projects)
    waits = col("ProjectType").is_in(rules.types) | ((col("ProjectType") == 6) & col("access").fill_null(False))
    return (
        tables.project.filter(col("live") & col("ProjectID").is_not_null())
        .unique("ProjectID", keep="first", maintain_order=True)
        .join(plain, on="OrganizationID", how="left")
        .join(access, on="ProjectID", how="left")
        .select(
            "ProjectID",
            "OrganizationID",
            col("ProjectType").fill_null(99),
            col("no_victim_services").fill_null(False),
            waits=waits.fill_null(False) & counts,
            closed=(col("OperatingEndDate") <= day).fill_null(False),
        )
    )


def _clients(tables: Tables) -> pl.DataFrame:
    """Live clients, each once; two births are no birth."""
    live = tables.client.filter(col("live") & col("PersonalID").is_not_null())
    once = live.unique("PersonalID", keep="first", maintain_order=True).select(
        "PersonalID", "DOB", "DOBDataQuality", "VeteranStatus", client=pl.lit(True)
    )
    if once.height == live.height:
        return once
    twice = live.filter(col("PersonalID").is_duplicated()).group_by("PersonalID").agg(births=col("DOB").n_unique())
    return once.join(twice, on="PersonalID", how="left", maintain_order="left").with_columns(
        pl.when(col("births").fill_null(1) == 1).then(col("DOB")).alias("DOB")
    ).drop("births")  # fmt: skip


def _exits(tables: Tables) -> pl.DataFrame:
    """The earliest exit of each enrollment; one without a date is none."""
    dated = tables.exit.filter(col("live") & col("ExitDate").is_not_null())
    return dated.sort("ExitDate", maintain_order=True).unique("EnrollmentID", keep="first", maintain_order=True).select(
        "EnrollmentID", "ExitDate", "Destination"
    )  # fmt: skip


def _born(day: date) -> pl.Expr:
    """A birth that can be believed (section 3: age)."""
    head_s_entry = (col("RelationshipToHoH") == 1) & (col("DOB") == col("EntryDate"))
    good = (col("DOB") <= day) & (col("DOB") <= col("EntryDate")) & ~head_s_entry
    good &= ~col("DOBDataQuality").is_in([8, 9, 99]).fill_null(False)
    old = _years(col("DOB"), day) >= OLDEST
    return pl.when(good & ~old).then(col("DOB")).alias("born")


def age(day: date) -> pl.Expr:
    """Completed years on the day, of a birth that can be believed; 29 February counts as 1 March in other years."""
    return _years(col("born"), day)


def _years(born: pl.Expr, day: date) -> pl.Expr:
    birthday = born.dt.month() * pl.lit(100, pl.Int16) + born.dt.day()
    return pl.lit(day.year) - born.dt.year() - (birthday > day.month * 100 + day.day).cast(pl.Int32)


def _household() -> pl.Expr:
    """A household's hash: rows of one ProjectID and HouseholdID, or one row alone.

    That two of a million households share a hash of 64 bits has odds of one in thirty million.
    """
    both = pl.struct("ProjectID", "HouseholdID").hash(1)
    return pl.when(col("HouseholdID").is_null()).then(col("row").hash(2)).otherwise(both)
