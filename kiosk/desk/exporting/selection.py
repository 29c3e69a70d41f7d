"""Which records go on the external list, and why each of the others does not.

The external list is for people who are not in HMIS (MO-08, MO-03). Who chose the HMIS list is entered there by the
agency with her consent and comes to the region's list from there. HMIS knows her by a PersonalID and this list by a
number, so `merge`, which reads no names, could not see that both are her (MO-09, MO-12): she would wait in two places.
Until she is entered there, she stands on the desk's own list, and the export counts her on the screen, so that nobody
is forgotten.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from types import MappingProxyType

from kiosk.desk.records.rows import Standing
from kiosk.priority.profile import Profile
from kiosk.priority.rank import Entry, Ranked, rank, tie_break
from schema.external import AssessmentLevel, ExternalRow, PrioritizationStatus, sheltered, youth_household
from schema.summary import Pathway, Summary


class LeftOut(Enum):
    """Why a record is not on the external list, in words for the provider."""

    NO_RELEASE = "without a release, or with one that never ends"
    EXPIRED = "with a release that has ended"
    UNDECIDED = "of people who have not chosen a list yet"
    HMIS = "of people who chose the HMIS list, and would stand on both"
    OTHER_PROFILE = "scored under another scoring profile"
    OLDER = "of people who were asked the older questions: `kiosk export --older` writes them apart"
    NEWER = "of people who were asked today's questions"
    APART = "that are set apart: `kiosk list` says why"
    WITHDRAWN = "taken back by their visitors"
    ALONE = "with too few alike, however coarse the bands"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The rows of the list, by number, and how many records were left out for which reason."""

    rows: tuple[ExternalRow, ...]
    left_out: Mapping[LeftOut, int]


def choose(
    standing: Standing,
    profile: Profile,
    secret: bytes,
    month: str,
    *,
    older: bool = False,
    statuses: Mapping[int, str] = MappingProxyType({}),
) -> Chosen:
    """The list as it stands in `month`. `secret` is the region's number key, for the tie-break.

    `statuses` is what became of offers, by number.

    `older` chooses the records of older profiles, and no others: they are judged anew with two answers not known, so
    that they go apart, under their own fingerprint, and a merge takes them only where its mapping allows it.
    """
    reasons = {number: _reason(summary, profile, month, older) for number, summary in standing.summaries.items()}
    going = {number: summary for number, summary in standing.summaries.items() if reasons[number] is None}
    ranked = rank((Entry(number, summary.factors) for number, summary in going.items()), profile, secret)
    rows = (
        replace(_row(each, going[each.number], profile, secret), status=statuses.get(each.number, ""))
        for each in ranked
    )
    left_out = Counter[LeftOut](reason for reason in reasons.values() if reason is not None)
    left_out |= {LeftOut.APART: len(standing.apart), LeftOut.WITHDRAWN: standing.withdrawn}
    return Chosen(
        tuple(sorted(rows, key=lambda row: row.list_number)),
        {reason: left_out[reason] for reason in LeftOut if left_out[reason]},
    )


def _reason(summary: Summary, profile: Profile, month: str, older: bool) -> LeftOut | None:
    """Why a record stays, or `None` (a release is informed, written and time-limited, or it is none)."""
    if not summary.release or summary.release_expires is None:
        return LeftOut.NO_RELEASE
    if summary.release_expires < month:
        return LeftOut.EXPIRED
    if summary.pathway is Pathway.UNDECIDED:
        return LeftOut.UNDECIDED
    if summary.pathway is Pathway.HMIS:
        return LeftOut.HMIS
    mine = summary.profile == profile.fingerprint
    if mine != older and profile.takes(summary.profile):
        return None
    return LeftOut.NEWER if mine else LeftOut.OLDER if profile.takes(summary.profile) else LeftOut.OTHER_PROFILE


def _row(ranked: Ranked, summary: Summary, profile: Profile, secret: bytes) -> ExternalRow:
    bands = dict(zip(profile.order, ranked.bands, strict=True))
    factors = summary.factors
    return ExternalRow(
        list_number=ranked.number,
        region=summary.region,
        household_type=int(factors.household_type),
        household_size_band=int(factors.household_size),
        assessment_month=summary.month,
        assessment_type=int(summary.assessment_type),
        assessment_level=int(AssessmentLevel.HOUSING),
        tool=summary.pack,
        tool_version=summary.instrument,
        score=ranked.points,
        disabling_condition=int(factors.disabling_condition),
        chronic_status=bands.get("chronic", 0),
        months_band=bands.get("length", bands.get("months", 0)),
        times_band=int(factors.times_homeless),
        veteran=int(factors.veteran),
        youth_household=youth_household(factors),
        sheltered=sheltered(factors),
        prioritization_status=int(PrioritizationStatus.PLACED),
        contact_agency_code=summary.agency,
        release_expires=summary.release_expires or "",
        profile_fingerprint=summary.profile,
        tie_break=tie_break(ranked.number, secret).hex(),
    )
