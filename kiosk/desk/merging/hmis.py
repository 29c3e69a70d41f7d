"""An HMIS CSV export, joined file by file: who is waiting, with what ranking needs of them and nothing else."""

from __future__ import annotations

from array import array

from kiosk.desk.merging import enrollments
from kiosk.desk.merging.audit import Audit, Tally, Why
from kiosk.desk.merging.dates import day_of, is_youth, youth_cut
from kiosk.desk.merging.faults import BadFile
from kiosk.desk.merging.mapping import ScoreTypes
from kiosk.desk.merging.need import NO_SCORE, Needs
from kiosk.desk.merging.people import People
from kiosk.desk.merging.results import Results, read_results
from kiosk.desk.merging.sources import Source
from schema import hmis
from schema.answers import AgeBand

_MOST_NAMED = 10


def read(source: Source, needs: Needs, types: ScoreTypes, today: str, audit: Audit) -> People:
    """Everybody of an export who is waiting. Raises BadFile, BadRow or NoMapping; counts every enrollment."""
    _check_version(source)
    projects, owners = _projects(source)
    results = read_results(source, types)
    tally = audit.tally("HMIS enrollments")
    people = People(needs)
    around = enrollments.Around(projects, _exited(source, today), today)
    rows = source.rows(enrollments.NAME, hmis.Enrollment._fields)
    breaching = enrollments.read(rows, around, people, tally)
    if breaching:
        audit.breaches.append(_breach(tally, {owners[each] for each in breaching}))
    del around
    people.close()
    _clients(source, people, tally, today)
    _scores(source, people, tally, results)
    return people


def _check_version(source: Source) -> None:
    if not source.has("Export.csv"):
        return
    for (version,) in source.rows("Export.csv", hmis.Export._fields):
        if not version.startswith(hmis.VERSIONS):
            raise BadFile("The HMIS export is of another fiscal year than 2024 and 2026.")


def _projects(source: Source) -> tuple[dict[str, bool], dict[str, str]]:
    """ProjectID to whether a victim service provider runs it (2.01.3), and to its OrganizationID.

    A project whose organization is missing is left out: nobody can tell what it is.
    """
    marks = {owner: mark for owner, mark in source.rows("Organization.csv", hmis.Organization._fields)}  # noqa: C416
    owners = {project: owner for project, owner in source.rows("Project.csv", hmis.Project._fields) if owner in marks}
    return {project: marks[owner] == hmis.YES for project, owner in owners.items()}, owners


def _exited(source: Source, today: str) -> set[str]:
    """Enrollments that ended today or before."""
    return {
        enrollment
        for number, (enrollment, when, deleted) in enumerate(source.rows("Exit.csv", hmis.Exit._fields), start=2)
        if not deleted and day_of(when, "Exit.csv", number, "ExitDate") and when[:10] <= today
    }


def _breach(tally: Tally, owners: set[str]) -> str:
    count = tally.left_out[Why.VICTIM_SERVICES]
    named = ", ".join(ascii(each)[1:-1][: hmis.LONGEST_ID] for each in sorted(owners)[:_MOST_NAMED])
    more = "" if len(owners) <= _MOST_NAMED else ", and others"
    return (
        f"{count} enrollments in HMIS are under a victim service provider, whose people must never be in HMIS (MO-10). "
        f"They were left out. Tell the HMIS lead; OrganizationID: {named}{more}."
    )


def _clients(source: Source, people: People, tally: Tally, today: str) -> None:
    """Bring in veteran status and youth; whoever has no row, or was deleted, is left out."""
    bits, cut = people.bits, youth_cut(today)
    place = people.place.get
    veteran_says = people.needs.table("veteran")
    youth_says = {99: 0, 0: people.needs.shown_youth(0), 1: people.needs.bits("age_band", AgeBand.FROM_18_TO_24)}
    lacking = bytearray(b"\x01") * len(bits)
    for person, veteran, untrusted_born, deleted in source.rows("Client.csv", hmis.Client._fields):
        at = place(person)
        if at is None:
            continue
        lacking[at] = 2 if deleted else 0
        bits[at] |= veteran_says.get(veteran, 0) | youth_says[is_youth(untrusted_born, cut, today)]
    tally.left_out[Why.NO_CLIENT] += lacking.count(1)
    tally.left_out[Why.CLIENT_DELETED] += lacking.count(2)
    people.leave_out(lacking)


def _scores(source: Source, people: People, tally: Tally, results: Results) -> None:
    """Bring in each person's score of the latest assessment (4.19) that has one."""
    place, scores = people.place.get, people.scores
    latest = array("i", [0]) * len(scores)
    days: dict[str, int] = {}
    if results:
        rows = source.rows("Assessment.csv", hmis.Assessment._fields)
        for number, (assessment, person, when, deleted) in enumerate(rows, start=2):
            score = results.get(assessment)
            at = place(person)
            if score is None or at is None or deleted:
                continue
            day = days.get(when)
            if day is None:
                day = days[when] = day_of(when, "Assessment.csv", number, "AssessmentDate")
            if day >= latest[at]:
                latest[at], scores[at] = day, score
    bare = scores.count(NO_SCORE) - people.left_out
    if bare:
        tally.notes.append(
            f"{bare} have no assessed score: theirs was made from what the export says of living situation, length of "
            "homelessness, disability, household, veteran status and youth."
        )
