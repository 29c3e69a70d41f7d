"""What of a record may be shown, and why one is set apart instead."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from kiosk.desk.records.unsealing import Damaged, Malformed, NotOpened, NotOurs, UnknownFormat, WrongKey
from kiosk.priority.profile import OLDER
from kiosk.priority.rank import Ranked
from schema.summary import AssessmentType, Factors, Pathway, Summary


class Why(Enum):
    """Why a record is set apart, in words for the provider."""

    FORGED = "no station of this region vouches for it"
    WRONG_NUMBER = "its number is not one that its station was dealt"
    UNKNOWN_FORMAT = "it is of no known format"
    NOT_OURS = "it is sealed to other keys"
    WRONG_KEY = "its slot does not open under this number"
    DAMAGED = "it was altered"
    MALFORMED = "what is inside is no summary of this version"
    OTHER_PROFILE = "its score was made under another scoring profile"
    UNRESOLVED = "it asks for a change, and its number or phrase fits no record"
    UNOPENED = "the process that was opening it ended"
    ASIDE = "it is one of a station's month that was set aside with `kiosk batch`"
    CONFLICT = "it is one of several changes for one number, and nobody can tell which came last"


OPENING: Final[dict[type[NotOpened], Why]] = {
    UnknownFormat: Why.UNKNOWN_FORMAT,
    NotOurs: Why.NOT_OURS,
    WrongKey: Why.WRONG_KEY,
    Damaged: Why.DAMAGED,
    Malformed: Why.MALFORMED,
}


def external_until(summary: Summary) -> str:
    """Return the last month in which a record may go on the external list, empty where it may not at all."""
    released = summary.release and summary.pathway is Pathway.EXTERNAL
    return (summary.release_expires or "") if released else ""


@dataclass(frozen=True, slots=True)
class Row:
    """One ranked row. It has no name, and nothing that tells who chose victim services (P10)."""

    rank: int
    number: int
    score: int
    bands: tuple[int, ...]
    """The value of each of the profile's ranking keys."""
    why: tuple[str, ...]
    """The rank in words, one line a key."""
    month: str
    region: str
    agency: str
    assessment_type: AssessmentType
    factors: Factors
    release: bool
    release_expires: str | None
    older: bool
    """Whether it was made under an older profile, and judged anew with two answers not known."""


@dataclass(frozen=True, slots=True)
class Apart:
    """A record that is not ranked."""

    number: int
    why: Why


@dataclass(frozen=True, slots=True, repr=False)
class Standing:
    """What stands at one moment: whole summaries, for whoever ranks, exports or counts them."""

    summaries: dict[int, Summary]
    """The summary that stands under each number."""
    apart: tuple[Apart, ...]
    withdrawn: int


def row_of(ranked: Ranked, summary: Summary) -> Row:
    """What of a summary in its place may be shown."""
    return Row(
        rank=ranked.rank,
        number=ranked.number,
        score=ranked.points,
        bands=ranked.bands,
        why=ranked.why,
        month=summary.month,
        region=summary.region,
        agency=summary.agency,
        assessment_type=summary.assessment_type,
        factors=summary.factors,
        release=summary.release,
        release_expires=summary.release_expires,
        older=summary.profile in OLDER,
    )
