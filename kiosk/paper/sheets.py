"""What goes on paper, as pure functions: lines of a sheet, already as wide as the paper and in its letters."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from kiosk.paper.letters import printable

COLUMNS: Final = (32, 42, 48)
"""Letters in a line of paper: 58 mm, and 80 mm in the two usual sizes of letter."""

FEWEST_SERVICES: Final = 5
"""A list of services with fewer would say too much about whoever holds it (MO-40)."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What a station's printer takes."""

    columns: int
    """One of `COLUMNS`."""
    code_page: str
    """One of `kiosk.paper.letters.CODE_PAGES`."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One service of a list, in neutral words."""

    label: str
    phone: str
    does: str = ""


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of paper. Private: it does not print on a screen by accident."""

    text: str = field(repr=False)
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole sheet."""

    paper: Paper
    lines: tuple[SheetLine, ...] = field(repr=False)
    large: bool = False
    """Whether letters are twice as high."""


def resource_sheet(paper: Paper, entries: Iterable[Entry], foot: str, *, large: bool = False) -> Sheet:
    """Ordinary services by name, a shelter among them under its neutral label (MO-40).

    No header, no time, no sheet id: nothing but names, telephone numbers and what each helps with, and at the foot a
    number, nobody's on most sheets, so that the one that is hers looks like any other.
    Raises ValueError for fewer than five services.
    """
    ordered = sorted(set(entries), key=lambda entry: (entry.label.casefold(), entry.phone))
    if len(ordered) < FEWEST_SERVICES:
        raise ValueError("too few services for a mixed list")
    lines: list[SheetLine] = []
    for entry in ordered:
        lines += [SheetLine("")] if lines else []
        lines += _named(paper, entry)
        lines += _wrapped(paper, entry.does)
    lines += [SheetLine(""), *_wrapped(paper, foot)]
    return Sheet(paper, tuple(lines), large)


def _named(paper: Paper, entry: Entry) -> list[SheetLine]:
    """A name with its number beside it, or below it where both do not fit: a number is never broken."""
    both = f"{entry.label} {entry.phone}".rstrip()
    if len(printable(both, paper.code_page)) <= paper.columns:
        return _wrapped(paper, both, bold=True)
    return _wrapped(paper, entry.label, bold=True) + _wrapped(paper, entry.phone, bold=True)


def plan_sheet(
    paper: Paper, parts: Sequence[Sequence[str]], sheet_id: str, *, ahead: str = "", large: bool = False
) -> Sheet:
    """Her lines, part by part (OR-19). No title, no part's name, no time, no number but the short sheet id (MO-11).

    `ahead` is what somebody reads who keeps the sheet for her (OX-05).
    """
    lines = _wrapped(paper, ahead, bold=True)
    for part in parts:
        lines += [SheetLine("")] if lines else []
        for line in part:
            lines += _wrapped(paper, line, first="- ", later="  ")
    lines += [SheetLine(""), SheetLine(printable(sheet_id, paper.code_page))]
    return Sheet(paper, tuple(lines), large)


def _wrapped(paper: Paper, text: str, *, bold: bool = False, first: str = "", later: str = "") -> list[SheetLine]:
    """Break a text between words; a word longer than the paper is broken in itself."""
    plain = " ".join(printable(text, paper.code_page).split())
    found = textwrap.wrap(plain, paper.columns, initial_indent=first, subsequent_indent=later, break_on_hyphens=False)
    return [SheetLine(line, bold) for line in found]
