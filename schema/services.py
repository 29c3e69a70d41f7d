"""A service of a pack's directory."""

from dataclasses import dataclass
from typing import ClassVar

from schema.piece import STRICT, Sourced, Text

KINDS = (
    "food",
    "utility",
    "family",
    "health",
    "library",
    "money",
    "housing",
    "crisis",
    "legal",
    "work",
    "transport",
    "information",
)
"""What kinds of service a directory has."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Resource(Sourced):
    """A service of the directory. The home page shows its neutral label, county and telephone number only."""

    __pydantic_config__: ClassVar[dict[str, str | bool]] = STRICT

    label: Text
    """A neutral name: what a passer-by may read."""
    does: Text
    """What it helps with, in neutral words."""
    name: Text | None = None
    """Its own name, shown behind the gate; without one the neutral label stands there, too."""
    fits: tuple[str, ...] = ()
    """The questions about harm whose yes puts it first on the call page (`harm-sexual`)."""
    day_and_night: bool = False
    """Whether somebody answers at every hour, as its own page says."""
    kind: str
    """One of `KINDS`."""
    phone: str | None = None
    counties: tuple[str, ...] = ("*",)
    """County names as in the pack's list; `*` for all of them."""
    on_home: bool = True
    """Whether the home page may show it."""
    hotline: bool = False
    """Whether it is the line that fills `{hotline}`."""
    fallback: int = 0
    """Order among the last resorts when a county has nothing nearer (2-1-1 is the last); 0 for none."""
    toll_free: bool = False
    shelter: bool = False
    safety_planning: bool = False
    support: bool = False
    referral: bool = False
    information: bool = False
    must_speak_with_survivor: bool = False
    """Whether staff hand over the phone (MO-27)."""
    intake_notes: Text | None = None
    coalition: bool = False
    in_211: bool = False
    population_tags: tuple[str, ...] = ()
    culturally_specific: bool = False
    access_point: bool = False
    """Whether it is a door to housing help that somebody may choose, in the region or outside it (MO-13)."""
    met: str | None = None
    """The month (`YYYY-MM`) in which somebody of the region last met its staff (MO-44)."""
    met_by: str | None = None
    """Who met them, by the staff code of `kiosk training`."""
    last_verified: str | None = None
    """The day (`YYYY-MM-DD`) somebody called the number; without one, or after 90 days, the page says "call first"."""
    source: str = ""
    """Whose number it is and the page where that is published: `RAINN: rainn.org`."""


@dataclass(frozen=True, slots=True)
class Service:
    """One service as a passer-by may see it, in the words of one language."""

    label: str
    phone: str
    does: str
    note: str = ""
    """A word on how sure the entry is ("call first")."""
