"""The checks of an export's rows (section 5): each is one question to a table, and tells where and what it does."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import polars as pl
from polars import col

from kiosk.desk.merging.chronic_on_day import YES
from kiosk.desk.merging.data_faults import DataFaults, Effect
from kiosk.desk.merging.export_ids import own_id
from kiosk.desk.merging.hmis_tables import Tables
from kiosk.desk.merging.membership import HOUSING
from kiosk.desk.merging.waiting import Waiting

_LEFT_OUT_BY: Final = {
    "Q10": ("no_project", "no_client", "not_begun", "project_type", "project_closed", "other_coc"),
    "Q12": ("victim_services",),
    "Q18": ("deceased", "housed_elsewhere", "own_home"),
    "Q25": ("not_placed", "not_assessed"),
    "Q24": ("inactive",),
}
"""Reasons off the list that are a fault, or may be one."""
_NOTED_BY: Final = {
    "Q13": ("two_heads", "head_left", "no_head", "minor_head", "coc_blank"),
    "Q17": ("move_in_ignored",),
    "Q18": ("housed_conflict",),
    "Q24": ("stale", "long_stay"),
    "Q16": ("exit_before_entry",),
}
_THREE_YEARS: Final = 3 * 365


def check(tables: Tables, found: Waiting, day: date, faults: DataFaults) -> None:
    """Ask everything of every row."""
    rows = found.rows
    live = rows.filter(col("own").fill_null("") != "deleted")
    _victim_services(tables, faults)
    _reasons(rows, found, faults)
    _notes(rows, found, faults)
    _twice(tables, rows, live, faults)
    _households(live, faults)
    _exits(tables, live, faults)
    _move_ins(live, faults)
    _history(live.filter(col("qualifies")), found, faults)
    _births(live, faults)
    _assessments(tables, day, faults)


def _victim_services(tables: Tables, faults: DataFaults) -> None:
    wrong = tables.organization.filter(col("live") & ~col("VictimServiceProvider").is_in([0]).fill_null(False))
    for line, organization, mark in wrong.select("line", own_id("OrganizationID"), "VictimServiceProvider").iter_rows():
        said = "nothing" if mark is None else mark
        what = f"OrganizationID {str(organization)[:32]!a} has the mark {said}: its people are left out"
        faults.say("Q12", Effect.LEFT_OUT, "Organization", what, "VictimServiceProvider", line)


def _reasons(rows: pl.DataFrame, found: Waiting, faults: DataFaults) -> None:
    for check_id, reasons in _LEFT_OUT_BY.items():
        for reason in reasons:
            wrong = rows.filter(col("own") == reason)
            faults.add(check_id, Effect.LEFT_OUT, "Enrollment", wrong, "", f"left out as {reason}")
    by_person = rows.filter(col("qualifies") & (col("PersonalID") == col("head"))).join(found.verdicts, on="PersonalID")
    for check_id, reasons in _LEFT_OUT_BY.items():
        for reason in reasons:
            faults.add(
                check_id,
                Effect.LEFT_OUT,
                "Enrollment",
                by_person.filter(col("verdict") == reason),
                "",
                f"left out as {reason}",
            )


def _notes(rows: pl.DataFrame, found: Waiting, faults: DataFaults) -> None:
    listed = rows.select("row", "line", "EnrollmentID", "PersonalID").join(found.people, on="row")
    for check_id, notes in _NOTED_BY.items():
        for note in notes:
            wrong = listed.filter(col(note).fill_null(False))
            faults.add(check_id, Effect.NOTED, "Enrollment", wrong, "", f"noted as {note}")
    faults.add(
        "Q13",
        Effect.NOTED,
        "Enrollment",
        rows.filter(col("passes") & (col("RelationshipToHoH") == 99)),
        "RelationshipToHoH",
    )


def _twice(tables: Tables, rows: pl.DataFrame, live: pl.DataFrame, faults: DataFaults) -> None:
    faults.add("Q08", Effect.NOTED, "Enrollment", rows.filter("again"))
    clients = tables.client.filter("live")
    faults.add(
        "Q09",
        Effect.NOTED,
        "Client",
        clients.filter(~col("PersonalID").is_first_distinct()),
    )
    faults.add(
        "Q11",
        Effect.NOTED,
        "Enrollment",
        live.filter(~pl.struct("PersonalID", "ProjectID", "EntryDate").is_first_distinct()),
    )
    exits = tables.exit.filter("live")
    faults.add(
        "Q15",
        Effect.NOTED,
        "Exit",
        exits.filter(~col("EnrollmentID").is_first_distinct()),
        "",
        "a second exit: the earliest counts",
    )


def _households(live: pl.DataFrame, faults: DataFaults) -> None:
    faults.add(
        "Q14",
        Effect.NOTED,
        "Enrollment",
        live.filter(col("HouseholdID").is_null()),
        "HouseholdID",
        "no HouseholdID: a household of one",
    )
    several = live.filter(col("HouseholdID").is_not_null()).group_by("HouseholdID").agg(n=col("ProjectID").n_unique())
    wrong = live.join(several.filter(col("n") > 1), on="HouseholdID", how="semi")
    faults.add("Q14", Effect.NOTED, "Enrollment", wrong, "HouseholdID", "a HouseholdID in two projects")


def _exits(tables: Tables, live: pl.DataFrame, faults: DataFaults) -> None:
    exits = tables.exit.filter("live")
    faults.add(
        "Q15",
        Effect.NOTED,
        "Exit",
        exits.filter(col("ExitDate").is_null()),
        "ExitDate",
        "an exit without a date: still open",
    )
    early = live.filter(col("ExitDate") < col("EntryDate"))
    faults.add("Q16", Effect.NOTED, "Enrollment", early, "ExitDate", "an exit before the entry", "ExitDate")
    ends = tables.export["ExportEndDate"].drop_nulls()
    if len(ends):
        faults.add(
            "Q16",
            Effect.NOTED,
            "Exit",
            exits.filter(col("ExitDate") > ends.max()),
            "ExitDate",
            "an exit after the export's end",
            "ExitDate",
        )


def _move_ins(live: pl.DataFrame, faults: DataFaults) -> None:
    dated = live.filter(col("MoveInDate").is_not_null())
    for what, wrong in (
        ("a move-in date before the entry", col("MoveInDate") < col("EntryDate")),
        ("a move-in date after the exit", col("MoveInDate") > col("ExitDate")),
        ("a move-in date in a project that houses nobody", ~col("ProjectType").is_in(HOUSING)),
    ):
        faults.add("Q17", Effect.NOTED, "Enrollment", dated.filter(wrong), "MoveInDate", what, "MoveInDate")


def _history(rows: pl.DataFrame, found: Waiting, faults: DataFaults) -> None:
    """Where the chronic test of a listed household is not known, and what in 3.917 does not fit together."""
    unsure = found.people.filter(col("household_chronic") == YES - 1).select("row")
    gaps = pl.any_horizontal(
        col("DisablingCondition").is_null() | col("DisablingCondition").is_in([8, 9, 99]),
        col("LivingSituation").is_null() | col("LivingSituation").is_in([8, 9, 99]),
        col("TimesHomelessPastThreeYears").is_null() | col("TimesHomelessPastThreeYears").is_in([8, 9, 99]),
        col("MonthsHomelessPastThreeYears").is_null() | col("MonthsHomelessPastThreeYears").is_in([8, 9, 99]),
        col("DateToStreetESSH").is_null(),
    )
    faults.add("Q19", Effect.NOTED, "Enrollment", rows.join(unsure, on="row", how="semi").filter(gaps))
    began, entry = col("DateToStreetESSH"), col("EntryDate")
    faults.add(
        "Q20", Effect.NOTED, "Enrollment", rows.filter(began > entry), "DateToStreetESSH", value="DateToStreetESSH"
    )
    long_ago = ((entry - began).dt.total_days() > _THREE_YEARS) & (col("TimesHomelessPastThreeYears").is_in([2, 3, 4]))
    faults.add("Q20", Effect.NOTED, "Enrollment", rows.filter(long_ago), "DateToStreetESSH", value="DateToStreetESSH")
    months = (entry.dt.year() - began.dt.year()) * 12 + entry.dt.month().cast(pl.Int32) - began.dt.month() + 1
    said = col("MonthsHomelessPastThreeYears").cast(pl.Int32) - 100
    unlike = (
        (col("TimesHomelessPastThreeYears") == 1)
        & (began <= entry)
        & said.is_between(1, 13)
        & ((said - months.clip(1, 13)).abs() > 1)
    )
    faults.add(
        "Q21",
        Effect.NOTED,
        "Enrollment",
        rows.filter(unlike),
        "MonthsHomelessPastThreeYears",
        value="MonthsHomelessPastThreeYears",
    )
    institution = col("LivingSituation").is_between(200, 299)
    home = col("LivingSituation").is_between(300, 499) | (col("LivingSituation") == 17)
    stay, under = col("LengthOfStay"), col("LOSUnderThreshold")
    short = (institution & stay.is_in([2, 3, 10, 11])) | (home & stay.is_in([10, 11]))
    long = (institution & stay.is_in([4, 5])) | (home & stay.is_in([2, 3, 4, 5]))
    faults.add(
        "Q22",
        Effect.NOTED,
        "Enrollment",
        rows.filter((short & (under == 0)) | (long & (under == 1))),
        "LOSUnderThreshold",
        value="LOSUnderThreshold",
    )


def _births(live: pl.DataFrame, faults: DataFaults) -> None:
    unused = live.filter(col("qualifies") & col("DOB").is_not_null() & col("born").is_null())
    faults.add("Q23", Effect.NOTED, "Enrollment", unused, "DOB", "a date of birth that cannot be used: age unknown")


def _assessments(tables: Tables, day: date, faults: DataFaults) -> None:
    live = tables.assessment.filter("live")
    faults.add(
        "Q25",
        Effect.NOTED,
        "Assessment",
        live.filter(~col("PrioritizationStatus").is_in([1, 2]).fill_null(False)),
        "PrioritizationStatus",
    )
    later = live.filter(col("AssessmentDate") > day + timedelta(0))
    faults.add(
        "Q25",
        Effect.NOTED,
        "Assessment",
        later,
        "AssessmentDate",
        "an assessment after the list's day",
        "AssessmentDate",
    )
