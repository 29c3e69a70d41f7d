"""An agency as a visitor may see it: whom to ask with her number, and when."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

AGENCY_CODE: Final = re.compile(r"[A-Z0-9][A-Z0-9-]{1,11}")
"""A code of 2 to 12 capital letters, digits and hyphens, so that no name fits in."""

NOBODYS: Final = frozenset({"AGENCY-1", "NONE"})
"""Codes that stand for no agency: what set-up proposed once, and practice."""

TELEPHONE: Final = re.compile(r"[0-9]{3}(?: [0-9]{3})?|[0-9]{3}-[0-9]{3}-[0-9]{4}|0[0-9 ]{8,13}|[0-9]{5,6}|")
"""A number as packs write it (`800-555-0100`), or nothing."""

LONGEST_LABEL: Final = 60
LONGEST_HOURS: Final = 80
"""Characters that a label, or hours in words, may have."""
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True, slots=True)
class Agency:
    """Whom her last page names. Raises ValueError with the name of the part that does not fit."""

    code: str
    label: dict[str, str]
    """Its neutral name by language: a passer-by may read it."""
    telephone: str = ""
    """Its number; empty where nobody has entered one."""
    hours: dict[str, str] = field(default_factory=dict)
    """When somebody answers there, in words, by language."""

    def __post_init__(self) -> None:
        _need(type(self.code) is str and AGENCY_CODE.fullmatch(self.code) and self.code not in NOBODYS, "code")
        _need(self.label and _spoken(self.label, LONGEST_LABEL), "label")
        _need(type(self.telephone) is str and TELEPHONE.fullmatch(self.telephone), "telephone")
        _need(_spoken(self.hours, LONGEST_HOURS), "hours")


def _spoken(text: object, longest: int) -> bool:
    return isinstance(text, dict) and all(
        isinstance(code, str)
        and _LANGUAGE.fullmatch(code)
        and isinstance(words, str)
        and 0 < len(words.strip()) == len(words) <= longest
        and words.isprintable()
        for code, words in text.items()
    )


def _need(fits: object, part: str) -> None:
    if not fits:
        raise ValueError(part)
