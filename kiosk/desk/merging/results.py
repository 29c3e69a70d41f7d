"""AssessmentResults.csv: the one place of an HMIS export where a score can be, under a name that is local (4.19)."""

from __future__ import annotations

from typing import Final

from kiosk.desk.merging.faults import BadRow, NoMapping
from kiosk.desk.merging.mapping import ScoreTypes
from kiosk.desk.merging.sources import Source
from schema import hmis
from schema.external import HIGHEST_SCORE

NAME: Final = "AssessmentResults.csv"
_LONGEST_SHOWN: Final = 40

Results = dict[str, int]
"""AssessmentID to score."""


def read_results(source: Source, types: ScoreTypes) -> Results:
    """The scores that were made under the scoring profile. Raises NoMapping for a result nobody decided about."""
    results: Results = {}
    if not source.has(NAME):
        return results
    known: dict[str, int] = {}
    rows = source.rows(NAME, hmis.AssessmentResult._fields)
    for number, (assessment, kind, value, deleted) in enumerate(rows, start=2):
        if deleted:
            continue
        if kind in types.use:
            score = known.get(value)
            if score is None:
                score = known[value] = whole_score(value, NAME, number)
            results[assessment] = score
        elif kind not in types.leave and not types.leave_others:
            raise NoMapping(f"{NAME} holds results of the type {kind[:_LONGEST_SHOWN]!a}, which nothing maps.")
    return results


def whole_score(value: str, file: str, row: int) -> int:
    """A score. Raises BadRow for what is no whole number of 0 to 65,535."""
    if not (value.isascii() and value.isdecimal() and len(value) <= len(str(HIGHEST_SCORE))):
        raise BadRow(file, row, "its score is no whole number")
    if int(value) > HIGHEST_SCORE:
        raise BadRow(file, row, "its score is too high")
    return int(value)
