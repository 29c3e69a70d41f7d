"""What every piece of a content pack is made of: words by language, and where they come from.

A sitting makes these classes before it paints anything: they have no `repr`, and their
annotations are the types themselves, so that no time is spent on what nobody asks for.
"""

from dataclasses import dataclass
from typing import ClassVar

Text = dict[str, str]
"""Words in each language of the pack, by language code: `{"en": "Back", "es": "Atrás"}`."""

STRICT: dict[str, str | bool] = {"extra": "forbid", "use_attribute_docstrings": True}
"""How a validator reads these shapes: no unknown keys, and the words under a field are its description."""

SLOTS = ("emergency", "hotline", "until", "someone", "keeper")
"""Blanks that the program fills in any text: numbers to call, a month, her word for the person it is about (OR-05), and
who keeps the list of this station."""


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
class Named(Sourced):
    """One entry of a list to pick from: what stands for it, and its words."""

    __pydantic_config__: ClassVar[dict[str, str | bool]] = STRICT

    label: Text
