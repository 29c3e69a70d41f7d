"""What pages are made of, for both faces: what stands there, what can be chosen or typed, and what a page answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from schema.services import Service

AFRESH: Final = ""
"""The reply of a page that is to be said again as it stands now."""
LEAVE: Final = "leave"
"""The reply that ends the sitting: the same end as panic."""


class Kind(StrEnum):
    """What a block is. The values are the names of styles in `kiosk.tcss`."""

    TITLE = "question"
    PARAGRAPH = "paragraph"
    HINT = "hint"
    SECTION = "section"
    CAUTION = "caution"
    """A warning ahead of what it warns about; both faces set it off by a sign, not by colour alone."""
    NUMBER = "number-line"
    DETAIL = "detail"
    WHERE = "where"
    PHRASE = "phrase"
    RECORD = "record"
    LINE = "plan-line"
    NOTE = "gentle-note"
    STATE = "state"
    """How something stands that changes by itself: a number on its way, a sheet in the printer."""
    PROBLEM = "problem"
    CARD = "card"
    PAPER = "paper-line"
    PAPER_BOLD = "paper-line bold"
    SERVICE = "service"
    LARGE_NUMBER = "large-number"
    OFFERS = "offers"
    """The place of what can be chosen, where that is not at the end."""


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a page: one text of one kind. An empty one keeps its place and is not seen."""

    text: str
    kind: Kind = Kind.PARAGRAPH
    line: str | None = None
    """What is said in its place line by line, where the text names keys; `None` for the same."""
    service: Service | None = None
    """The service that a `SERVICE` block stands for."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One of several things that can be chosen."""

    label: str
    help: str = ""
    """A quieter second line."""
    chosen: bool = False
    caution: str = ""
    """Said before the label."""
    value: str = ""
    """What it says now, beside the label."""


@dataclass(frozen=True, slots=True)
class Field:
    """Something to type in her own words."""

    id: str
    label: str
    limit: int
    """Letters that it takes."""
    empty: str = ""
    """What stands in it while it is empty, on the full screen."""


@dataclass(frozen=True, slots=True)
class Say:
    """The reply that a sentence be said; the page stays."""

    text: str
