"""What an HMIS export says of a person beside the enrollment: veteran status, youth, and the latest assessed score."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, MutableSequence

from kiosk.desk.merging.dates import day_of, is_youth, youth_cut
from kiosk.desk.merging.mapping import ScoreTypes
from kiosk.desk.merging.need import NO_SCORE, Needs
from kiosk.desk.merging.results import read_results
from kiosk.desk.merging.sources import Source
from schema import hmis
from schema.answers import AgeBand

LACKING, FOUND, DELETED = range(3)
"""Whether Client.csv has a person."""


class Persons:
    """Columns about persons; the place in each is that of the id in `place`."""

    def __init__(self, place: Mapping[str, int]) -> None:
        self.place = place
        self.says: MutableSequence[int] = array("Q", [0]) * len(place)
        """What each one says, as bits."""
        self.scores: MutableSequence[int] = array("i", [NO_SCORE]) * len(place)
        """The assessed score, or `NO_SCORE`."""
        self.found = bytearray(len(place))
        """`LACKING`, `FOUND` or `DELETED`."""


def clients(source: Source, needs: Needs, today: str) -> Iterator[tuple[str, int, int]]:
    """Each row of Client.csv: the id, what it says as bits, and `FOUND` or `DELETED`. The date of birth ends here."""
    cut = youth_cut(today)
    veteran_says = needs.table("veteran")
    youth_says = {99: 0, 0: needs.shown_youth(0), 1: needs.bits("age_band", AgeBand.FROM_18_TO_24)}
    for person, veteran, untrusted_born, deleted in source.rows("Client.csv", hmis.Client._fields):
        said = veteran_says.get(veteran, 0) | youth_says[is_youth(untrusted_born, cut, today)]
        yield person, said, DELETED if deleted else FOUND


def read_persons(source: Source, needs: Needs, types: ScoreTypes, today: str, place: Mapping[str, int]) -> Persons:
    """What the export says of the persons in `place`, and of nobody else. Raises BadFile, BadRow or NoMapping."""
    persons = Persons(place)
    for person, said, found in clients(source, needs, today):
        at = place.get(person)
        if at is not None:
            persons.says[at] |= said
            persons.found[at] = found
    read_scores(source, types, persons)
    return persons


def read_everybody(source: Source, needs: Needs, types: ScoreTypes, today: str) -> Persons:
    """What the export says of every person, in the order of Client.csv."""
    place: dict[str, int] = {}
    rows = [
        (place.setdefault(person, len(place)), said, found) for person, said, found in clients(source, needs, today)
    ]
    persons = Persons(place)
    for at, said, found in rows:
        persons.says[at] |= said
        persons.found[at] = found
    read_scores(source, types, persons)
    return persons


def read_scores(source: Source, types: ScoreTypes, persons: Persons) -> None:
    """Each person's score of the latest assessment (4.19) that has one."""
    results = read_results(source, types)
    if not results:
        return
    place, scores = persons.place.get, persons.scores
    latest = array("i", [0]) * len(scores)
    days: dict[str, int] = {}
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
