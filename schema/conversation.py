"""What a pack asks and offers: pages of words, questions, ways on."""

from dataclasses import dataclass, field
from typing import ClassVar

from schema.piece import STRICT, Sourced, Text

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
    "unbroken_year",
    "homeless_before",
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
    "horizon",
    "deck",
    "nothing",
    "leave",
    "external",
    "hmis",
    "undecided",
    "show-staff",
)
"""What the program does on a way of a crossroads."""


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
    opens: str | None = None
    """The part of the plan that a way to it opens at once."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Crossroads(Sourced):
    """A page that offers ways on; none of them is a form."""

    __pydantic_config__: ClassVar[dict[str, str | bool]] = STRICT

    title: Text
    body: tuple[Text, ...]
    ways: tuple[Way, ...]
