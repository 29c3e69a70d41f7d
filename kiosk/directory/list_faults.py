"""What does not fit in a coalition's list: its columns and its cells, by line, and what may have been meant."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from kiosk.directory.area import EVERYWHERE, FLAGS, TAGS
from kiosk.directory.refused_text import ADDRESS_COLUMNS, KEY_COLUMNS, refused
from schema.agency import Agency

COLUMNS: Final = ("code", "label", "telephone", "hours", "counties", *FLAGS, "notes", "tags", "last_called", "source")
"""Columns of a list; `label` and `hours` may have others beside them by language: `label_es`."""

BY_LANGUAGE: Final = re.compile(r"(label|hours)_([a-z]{2,3})")
YES: Final = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that does not fit, and what may have been meant."""

    said: str
    meant: str = ""

    def __str__(self) -> str:
        return f"{self.said} Was {self.meant!r} meant?" if self.meant else self.said


def of_columns(columns: Sequence[str]) -> Iterator[Fault]:
    """Yield what is wrong with the first line."""
    for name in columns:
        if name in COLUMNS or BY_LANGUAGE.fullmatch(name):
            continue
        plain = name.strip().lower().replace(" ", "_")
        if plain in ADDRESS_COLUMNS:
            yield Fault(f"Column {shown(name)}: no address is taken in; a shelter's place stays its own. Remove it.")
        elif plain in KEY_COLUMNS:
            yield Fault(f"Column {shown(name)}: keys enter only with fingerprints compared by voice. Remove it.")
        else:
            yield Fault(f"Column {shown(name)} is none that is known.", _close(plain, COLUMNS))
    if twice := sorted({each for each in columns if columns.count(each) > 1}):
        yield Fault(f"Column {shown(twice[0])} stands twice.")
    for name in ("code", "label"):
        if name not in columns:
            yield Fault(f"The list has no column {name}.")


def of_row(line: int, row: dict[str, str], counties: Collection[str]) -> Iterator[Fault]:
    """Yield what is wrong with a row."""
    code = row["code"]
    for name, cell in row.items():
        if why := refused(cell):
            yield Fault(f"Line {line}: {name} {why}; it is not taken in.")
        if not cell.isprintable():
            yield Fault(f"Line {line}: {name} holds letters that nobody can see.")
    for name in FLAGS:
        cell = row.get(name, "")
        if cell and cell.casefold() not in YES:
            yield Fault(f"Line {line}: {name} is {shown(cell)}, and should be yes, no, or empty.")
    for name, known in (("counties", {*counties, EVERYWHERE}), ("tags", set(TAGS))):
        for each in split(row.get(name, "")):
            if each not in known:
                yield Fault(f"Line {line}: {shown(each)} is none of the known {name}.", _close(each, known))
    day = row.get("last_called", "")
    if day and day_of(day) is None:
        yield Fault(f"Line {line}: last_called is {shown(day)}, and should be a day up to today, such as 2026-11-22.")
    try:
        Agency(code, {"en": row["label"]}, row.get("telephone", ""))
    except ValueError as part:
        yield Fault(f"Line {line}: the {part} {shown(row.get(str(part), ''))} does not fit.")


def split(cell: str) -> list[str]:
    """Return what a cell lists."""
    return [each.strip() for each in cell.split(";") if each.strip()]


def day_of(cell: str) -> date | None:
    """Return a day up to today; `None` for anything else."""
    try:
        day = date.fromisoformat(cell)
    except ValueError:
        return None
    return day if day <= date.today() else None


def _close(word: str, known: Collection[str]) -> str:
    return next(iter(difflib.get_close_matches(word, known, n=1, cutoff=0.5)), "")


def shown(untrusted: str) -> str:
    """Return what a list wrote in plain ASCII, cut short, so that a terminal stays quiet."""
    plain = ascii(untrusted[:60])
    return plain if len(untrusted) <= 60 else f"{plain[:-1]}...'"
