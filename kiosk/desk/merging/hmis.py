"""An HMIS CSV export, joined file by file: who is waiting, with what ranking needs of them and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from kiosk.desk.merging import enrollments
from kiosk.desk.merging.audit import Audit, Tally, Why
from kiosk.desk.merging.beside import Beside, worth_it
from kiosk.desk.merging.dates import day_of
from kiosk.desk.merging.faults import BadFile
from kiosk.desk.merging.mapping import ScoreTypes
from kiosk.desk.merging.need import NO_SCORE, Needs
from kiosk.desk.merging.people import People
from kiosk.desk.merging.persons import DELETED, FOUND, LACKING, Persons, read_everybody, read_persons
from kiosk.desk.merging.sources import Source
from schema import hmis

_MOST_NAMED = 10


@contextmanager
def reading(source: Source, needs: Needs, types: ScoreTypes, today: str) -> Iterator[Beside | None]:
    """A second process that reads about persons meanwhile, where that is worth it; it is gone at the end."""
    if not worth_it(source, needs):
        yield None
        return
    beside = Beside(lambda: read_everybody(source, needs, types, today))
    try:
        yield beside
    finally:
        beside.end()


def read(source: Source, needs: Needs, types: ScoreTypes, today: str, audit: Audit, beside: Beside | None) -> People:
    """Everybody of an export who is waiting; `beside` is the process that `reading` started.

    Raises BadFile, BadRow or NoMapping; counts every enrollment.
    """
    _check_version(source)
    people = _waiting(source, needs, today, audit)
    persons = beside.take(people.place) if beside else None
    persons = persons or read_persons(source, needs, types, today, people.place)
    _join(people, persons, audit.tallies[-1])
    return people


def _waiting(source: Source, needs: Needs, today: str, audit: Audit) -> People:
    """Heads of household with an open enrollment."""
    projects, owners = _projects(source)
    tally = audit.tally("HMIS enrollments")
    people = People(needs)
    around = enrollments.Around(projects, _exited(source, today), today)
    rows = source.rows(enrollments.NAME, hmis.Enrollment._fields)
    breaching = enrollments.read(rows, around, people, tally)
    if breaching:
        audit.breaches.append(_breach(tally, {owners[each] for each in breaching}))
    people.close()
    return people


def _join(people: People, persons: Persons, tally: Tally) -> None:
    """Bring in what is said of each person; whoever Client.csv lacks, or has as deleted, is left out."""
    bits = people.bits
    for at, said in enumerate(persons.says):
        bits[at] |= said
    people.scores = persons.scores
    tally.left_out[Why.NO_CLIENT] += persons.found.count(LACKING)
    tally.left_out[Why.CLIENT_DELETED] += persons.found.count(DELETED)
    people.keep(persons.found, FOUND)
    bare = sum(people.scores[at] == NO_SCORE for at in people.place.values())
    if bare:
        tally.notes.append(
            f"{bare} have no assessed score: theirs was made from what the export says of living situation, length of "
            "homelessness, disability, household, veteran status and youth."
        )


def _check_version(source: Source) -> None:
    if not source.has("Export.csv"):
        return
    for (version,) in source.rows("Export.csv", hmis.Export._fields):
        if not version.startswith(hmis.VERSIONS):
            raise BadFile("The HMIS export is of another fiscal year than 2024 and 2026.")


def _projects(source: Source) -> tuple[dict[str, bool], dict[str, str]]:
    """ProjectID to whether a victim service provider runs it (2.01.3), and to its OrganizationID.

    An organization counts as one until its mark is a plain 0, in each of its rows. A project whose organization is
    missing is left out: nobody can tell what it is.
    """
    victim_services: dict[str, bool] = {}
    for owner, mark in source.rows("Organization.csv", hmis.Organization._fields):
        victim_services[owner] = victim_services.get(owner, False) or mark.strip() not in hmis.NO
    rows = source.rows("Project.csv", hmis.Project._fields)
    owners = {project: owner for project, owner in rows if owner in victim_services}
    return {project: victim_services[owner] for project, owner in owners.items()}, owners


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
        f"{count} enrollments in HMIS are under a victim service provider, or under an organization that is not marked "
        "as none (VictimServiceProvider is no plain 0); a victim service provider's people must never be in HMIS "
        f"(MO-10). They were left out. Tell the HMIS lead; OrganizationID: {named}{more}."
    )
