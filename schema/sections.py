"""The parts of a safety plan as a pack holds them, and the cards for staff beside her."""

from dataclasses import dataclass, field
from typing import ClassVar

from schema.piece import STRICT, Sourced, Text

CARD_KINDS = ("card", "script", "offer", "call", "checklist", "elements", "open", "affirm", "reflect", "summarise")
"""What a card for staff is: words to know, a script to say, one with what came of the offer, the numbers to call with
who must speak, things to tick, the parts of the plan to read, or prompts of a motivational talk (OR-13)."""


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
    fits: tuple[str, ...] = ()
    """The questions about harm whose yes it fits first; empty for a part that fits nobody before others."""
    prompts: bool = False
    """Whether its lines are questions to talk about, a card each, with nothing typed (OR-17)."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Card(Sourced):
    """A card for the staff beside her. It opens only after she said that they are with her."""

    __pydantic_config__: ClassVar[dict[str, str | bool]] = STRICT

    title: Text
    lines: tuple[Text, ...]
    kind: str = "card"
    """One of `CARD_KINDS`."""
    roles: tuple[str, ...] = ()
    """The roles it is for; empty for all."""
