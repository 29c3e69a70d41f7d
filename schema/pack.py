"""The shape of a content pack: everything that a visitor reads, and what a role may do.

Plain dataclasses: an installed pack is checked against them once (`kiosk.content`), and a sitting builds them
again from the checked snapshot without importing a validator. `Text` is keyed by language code.
"""

from dataclasses import dataclass
from typing import ClassVar

from schema.conversation import GOES, NEEDS, Choice, Crossroads, Page, Question, Way
from schema.piece import SLOTS, STRICT, Language, Named, Sourced, Text
from schema.sections import CARD_KINDS, Blank, Card, Line, Section
from schema.services import KINDS, Resource

__all__ = [
    "AGENCY_KINDS",
    "CARD_KINDS",
    "GOES",
    "KINDS",
    "NEEDS",
    "ROLES",
    "SLOTS",
    "STRICT",
    "WAYS",
    "Blank",
    "Card",
    "Choice",
    "Crossroads",
    "Language",
    "Line",
    "Named",
    "Pack",
    "Page",
    "Policy",
    "Question",
    "Release",
    "Resource",
    "Section",
    "Sourced",
    "Text",
    "Way",
]

ROLES = ("advocate", "reporter", "social-worker", "staff")
"""Who stands beside the visitor, as a station was set up (design: Roles)."""

AGENCY_KINDS = ("shelter", "rape-crisis", "victim-services", "other")
"""For whom an advocate works, as a station was set up; a promise of privilege hangs on it (MO-28)."""

WAYS = ("spoken", "memorised", "paper", "screen")
"""How a plan may be taken away: said out loud, by heart, printed, or only read."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Policy:
    """What a role may promise, write and keep in this pack (the jurisdiction matrix)."""

    __pydantic_config__: ClassVar[dict[str, str | bool]] = STRICT

    role: str
    notice: str
    """The `Page` shown before any question about harm."""
    kinds: tuple[str, ...] = ()
    """Kinds of agency, of `AGENCY_KINDS`, whose staff the notice is true of; `otherwise` is shown for the rest."""
    otherwise: str | None = None
    """The `Page` in place of the notice where the staff's agency is of no such kind, or nobody was asked."""
    plan: bool = True
    """Whether this role may make a written plan at all."""
    ways: tuple[str, ...] = ("spoken", "memorised", "paper", "screen")
    """How a plan may be taken away, of `WAYS`; `paper` where the station has a printer."""
    three_states: bool = False
    """Whether a line is talked about, wanted or not for her (SL-01), where others are ticked or left."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Release:
    """The release a visitor is asked for before her summary leaves for a list."""

    __pydantic_config__: ClassVar[dict[str, str | bool]] = STRICT

    required: bool
    months: int = 12
    """How long a release lasts."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Pack:
    """A whole content pack."""

    __pydantic_config__: ClassVar[dict[str, str | bool]] = STRICT

    id: str
    version: int
    """Counts up with every change of content; part of the record as the instrument."""
    instrument: int
    """Two bytes that name this pack's question set in a sealed record."""
    title: Text
    region: str
    """The list's region code, as the region lead names it."""
    languages: tuple[Language, ...]
    emergency: str
    """The number to call when it cannot wait: `911`, `999`."""
    sources: tuple[str, ...]
    """Prefixes of the requirement IDs that this pack answers (`MO`)."""
    counties: tuple[str, ...]
    policies: tuple[Policy, ...]
    release: Release
    pages: tuple[Page, ...]
    """`leaving` `framing` and the notices, by id."""
    crossroads: tuple[Crossroads, ...]
    """`yes` `pathway` `changed` and the rest, by id."""
    questions: tuple[Question, ...]
    sections: tuple[Section, ...]
    resources: tuple[Resource, ...]
    phrase_words: dict[str, tuple[str, ...]]
    """Short plain words of each language for the withdrawal phrase."""
    words: dict[str, Text]
    """Every other word of the program: buttons, footers, titles, by key."""
    person_words: tuple[Named, ...] = ()
    """What she may call the person it is about; the first one stands until she picks (OR-05)."""
    helpers: tuple[Named, ...] = ()
    """Kinds of people who may help with a plan; codes, never names (SC-08)."""
    staff: tuple[Card, ...] = ()
    """Cards for the staff beside her."""
