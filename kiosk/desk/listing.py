"""The provider's list: every record opened, checked, resolved and ranked; what cannot be is set apart."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from kiosk.desk.opening import Damaged, Malformed, NotOpened, NotOurs, Opener, UnknownFormat, WrongKey
from kiosk.desk.region import Region, Station
from kiosk.desk.resolving import Opened, resolve
from kiosk.paths import Place
from kiosk.priority.profile import OLDER, Profile, load
from kiosk.priority.rank import Entry, Ranked, rank
from kiosk.vault.records import rows_at
from kiosk.vault.store import StoredRow, mac_of
from schema.summary import AssessmentType, Factors, Summary


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
    CONFLICT = "it is one of several changes for one number, and nobody can tell which came last"


OPENING: Final[dict[type[NotOpened], Why]] = {
    UnknownFormat: Why.UNKNOWN_FORMAT,
    NotOurs: Why.NOT_OURS,
    WrongKey: Why.WRONG_KEY,
    Damaged: Why.DAMAGED,
    Malformed: Why.MALFORMED,
}


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


@dataclass(frozen=True, slots=True)
class Listing:
    """The list at one moment."""

    profile: Profile
    """The scoring profile that ranked it."""
    rows: tuple[Row, ...]
    apart: tuple[Apart, ...]
    withdrawn: int
    """Records that their visitors took back."""


@dataclass(frozen=True, slots=True, repr=False)
class Standing:
    """What stands at one moment: whole summaries, for whoever ranks, exports or counts them."""

    summaries: dict[int, Summary]
    """The summary that stands under each number."""
    apart: tuple[Apart, ...]
    withdrawn: int


def list_records(place: Place, seed: bytes, profile: Profile | None = None) -> Listing:
    """Open, check and rank everything at `place`. Raises KioskError when key, desk.toml or database fail."""
    region = Region.read(place.desk_toml, seed)
    return rank_standing(open_records(place, region, seed), region, profile or load())


def open_records(place: Place, region: Region, seed: bytes) -> Standing:
    """Open and check everything at `place`. Raises KioskError when key or database fail."""
    return standing_of(rows_at(place, region.number_key), region, Opener(seed))


def listing_of(rows: Iterable[StoredRow], region: Region, opener: Opener, profile: Profile) -> Listing:
    """The list of `rows`. A row that fails is set apart and touches no other."""
    return rank_standing(standing_of(rows, region, opener), region, profile)


def standing_of(rows: Iterable[StoredRow], region: Region, opener: Opener) -> Standing:
    """Open `rows` and apply what visitors asked for later. A row that fails is set apart and touches no other."""
    opened: list[Opened] = []
    apart: list[Apart] = []
    for row in rows:
        judged = _open(row, region, opener)
        if isinstance(judged, Why):
            apart.append(Apart(row.number, judged))
        else:
            opened.append(judged)
    resolved = resolve(opened)
    apart += [Apart(number, Why.UNRESOLVED) for number in resolved.unresolved]
    apart += [Apart(number, Why.CONFLICT) for number in resolved.conflicting]
    return Standing(resolved.standing, tuple(apart), resolved.withdrawn)


def rank_standing(standing: Standing, region: Region, profile: Profile) -> Listing:
    """What stands, in order of need. Records of an older shipped profile are judged anew; others are set apart."""
    other = {each for each, summary in standing.summaries.items() if not profile.takes(summary.profile)}
    apart = (*standing.apart, *(Apart(number, Why.OTHER_PROFILE) for number in sorted(other)))
    summaries = {number: summary for number, summary in standing.summaries.items() if number not in other}
    entries = (Entry(number, summary.factors) for number, summary in summaries.items())
    listed = tuple(row_of(each, summaries[each.number]) for each in rank(entries, profile, region.number_key))
    return Listing(profile, listed, apart, standing.withdrawn)


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


def vouched(row: StoredRow, region: Region) -> Why | None:
    """`None` when the station that was dealt this number vouches for the row by its MAC, else what is wrong."""
    dealt = region.station_of(row.number)
    if dealt is not None and _vouches(dealt, row):
        return None
    return Why.WRONG_NUMBER if any(_vouches(each, row) for each in region.stations) else Why.FORGED


def _vouches(station: Station, row: StoredRow) -> bool:
    return hmac.compare_digest(mac_of(station.secret, row.number, row.untrusted_sealed), row.untrusted_mac)


def _open(row: StoredRow, region: Region, opener: Opener) -> Opened | Why:
    """See that a station vouches for it, and only then open."""
    wrong = vouched(row, region)
    if wrong is not None:
        return wrong
    try:
        return Opened(row.number, opener.open(row.number, row.untrusted_sealed))
    except NotOpened as kind:
        return OPENING[type(kind)]
