"""The shape of a content pack: everything that a visitor reads, and what a role may do.

Plain dataclasses: an installed pack is checked against them once (`kiosk.content`), and a sitting builds them
again from the checked snapshot without importing a validator. `Text` is keyed by language code.

A sitting makes these classes before it paints anything: they have no `repr`, and their
annotations are the types themselves, so that no time is spent on what nobody asks for.
"""

from dataclasses import dataclass, field
from typing import ClassVar

Text = dict[str, str]
"""Words in each language of the pack, by language code: `{"en": "Back", "es": "Atrás"}`."""

STRICT: dict[str, str | bool] = {"extra": "forbid", "use_attribute_docstrings": True}
"""How a validator reads these shapes: no unknown keys, and the words under a field are its description."""

ROLES = ("advocate", "reporter", "social-worker", "staff")
"""Who stands beside the visitor, as a station was set up (design: Roles)."""

NEEDS = (
    "living_situation",
    "length_of_stay",
    "times_homeless",
    "months_homeless",
    "household_type",
    "household_size",
    "age_band",
    "children_band",
    "veteran",
    "disabling_condition",
    "pregnancy",
    "income_band",
)
"""The ranking factors that a question may fill, as named in `schema.summary.Factors`."""

GOES = (
    "go-on",
    "safe",
    "not-safe",
    "protocol",
    "say",
    "answers",
    "return",
    "call",
    "hotline",
    "plan",
    "nothing",
    "leave",
    "external",
    "hmis",
    "undecided",
)
"""What the program does on a way of a crossroads."""

SLOTS = ("emergency", "hotline", "until")
"""Blanks that the program fills in any text: the emergency number, the hotline's number."""

CARD_KINDS = ("card", "checklist", "open", "affirm", "reflect", "summarise")
"""What a card for staff is: words to know or say, things to tick, or prompts of a motivational talk (OR-13)."""

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
class Language:
    """A language that the pack speaks."""

    __pydantic_config__: ClassVar[dict[str, str | bool]] = STRICT

    code: str
    """ISO 639-1 code."""
    name: str
    """Its own name, as its speakers write it."""
    reviewed: bool = False
    """Whether an advocate who speaks it has read every word."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Sourced:
    """What every piece of content says about where it comes from."""

    id: str
    """Unique in the pack: lower case letters, digits and hyphens."""
    answers: tuple[str, ...] = ()
    """Requirement IDs that this piece answers (`MO-22`)."""
    origin: str = "source"
    """`source` for a paraphrase of a source, `ours` for our own addition."""
    review_by: str | None = None
    """The month (`YYYY-MM`) by which somebody must read this again."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Page(Sourced):
    """A page of words: a title and short paragraphs."""

    __pydantic_config__: ClassVar[dict[str, str | bool]] = STRICT

    title: Text
    body: tuple[Text, ...]
    roles: tuple[str, ...] = ()
    """The roles it is for; empty for all."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Choice:
    """One answer to a question."""

    __pydantic_config__: ClassVar[dict[str, str | bool]] = STRICT

    code: int
    """HUD's code, or the band's own number where HUD has none."""
    label: Text


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Question(Sourced):
    """One question, one page. "I'm not sure" (8) and "I'd rather not say" (9) are added to every one."""

    __pydantic_config__: ClassVar[dict[str, str | bool]] = STRICT

    part: str
    """`harm` (never stored) or `need` (a ranking factor)."""
    text: Text
    help: Text | None = None
    """A second, softer line under the question."""
    why: Text
    """Why it is asked and what becomes of the answer (F1)."""
    needed_for: str
    """What in the service needs the answer (OR-08); an answer that nothing needs is not asked."""
    choices: tuple[Choice, ...]
    fills: str | None = None
    """The factor of `NEEDS` that the answer fills; `None` for a harm question."""
    element: str | None = None
    """HUD's data element, where there is one (`3.917.1`)."""
    only_if: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """Asked only when every named earlier question has one of these codes, or was not answered."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Way:
    """One way on from a page of choices."""

    __pydantic_config__: ClassVar[dict[str, str | bool]] = STRICT

    goes: str
    """One of `GOES`."""
    label: Text
    help: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Crossroads(Sourced):
    """A page that offers ways on; none of them is a form."""

    __pydantic_config__: ClassVar[dict[str, str | bool]] = STRICT

    title: Text
    body: tuple[Text, ...]
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Blank:
    """A gap in a plan line, `{name}` in its text."""

    __pydantic_config__: ClassVar[dict[str, str | bool]] = STRICT

    label: Text
    """What goes there, read beside the field."""
    masked: bool = False
    """Whether the letters are hidden until asked for (a code word)."""
    fill: str | None = None
    """`hotline`: filled in from the directory."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Line(Sourced):
    """One line of a safety plan: ticked, and filled in where it has blanks. Memory only."""

    __pydantic_config__: ClassVar[dict[str, str | bool]] = STRICT

    text: Text
    why: Text | None = None
    caution: Text | None = None
    """Read before the line it warns about."""
    blanks: dict[str, Blank] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Section(Sourced):
    """A part of the plan that is taken in any order, or not at all."""

    __pydantic_config__: ClassVar[dict[str, str | bool]] = STRICT

    title: Text
    intro: Text
    lines: tuple[Line, ...]
    caution: Text | None = None
    """Read before the section opens."""
    ask_first: Text | None = None
    """A yes or no that opens the section (SC-11); "no" closes it without a word."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Resource(Sourced):
    """A service of the directory. The home page shows its neutral label, county and telephone number only."""

    __pydantic_config__: ClassVar[dict[str, str | bool]] = STRICT

    label: Text
    """A neutral name: what a passer-by may read."""
    does: Text
    """What it helps with, in neutral words."""
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
    last_verified: str | None = None
    """The day (`YYYY-MM-DD`) somebody called the number; without one, or after 90 days, the page says "call first"."""
    source: str = ""
    """Where the entry was found, for the operator."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Card(Sourced):
    """A card for the staff beside her. A visitor's pages never show it."""

    __pydantic_config__: ClassVar[dict[str, str | bool]] = STRICT

    title: Text
    lines: tuple[Text, ...]
    kind: str = "card"
    """One of `CARD_KINDS`."""
    roles: tuple[str, ...] = ()
    """The roles it is for; empty for all."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Policy:
    """What a role may promise, write and keep in this pack (the jurisdiction matrix)."""

    __pydantic_config__: ClassVar[dict[str, str | bool]] = STRICT

    role: str
    notice: str
    """The `Page` shown before any question about harm."""
    plan: bool = True
    """Whether this role may make a written plan at all."""
    ways: tuple[str, ...] = ("spoken", "memorised", "screen")
    """How a plan may be taken away."""


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
    staff: tuple[Card, ...] = ()
    """Cards for the staff beside her."""
