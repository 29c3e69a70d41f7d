"""The rows of a merged list: read cell by cell, so that nothing but codes can come into a meeting."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from kiosk.errors import Refused
from kiosk.vault.numbers import DIGITS, damm
from schema.merged import COLUMNS, MergedRow

_CELLS: Final = {
    "rank": r"[1-9][0-9]{0,6}",
    "meeting_number": r"[1-9][0-9]{3,10}",
    "score": r"([0-9]{1,5} to [0-9]{1,5})?",
    "bands": r"[a-z_]{1,24}=[0-9]{0,3}( [a-z_]{1,24}=[0-9]{0,3}){0,15}",
    "chronic_status": r"[0-9]{0,3}",
    "months_band": r"[0-9]{0,3}",
    "sheltered": r"[yn]?",
    "disabling_condition": r"[01]?",
    "times_band": r"[1-4]?",
    "veteran": r"[01]?",
    "youth_household": r"[01]?",
    "with_children": r"1?",
    "household_size_band": r"[2-5]?",
    "profile_fingerprint": r"[0-9a-f]{16}",
}
"""What each cell may hold, whole."""
_ROW: Final = re.compile("\x1f".join(f"(?:{_CELLS[name]})" for name in COLUMNS))


class NotAMergedList(Refused):
    """A file that no merge wrote, or that was changed since."""

    hint = "Give the list that `kiosk merge --out` wrote, as it wrote it."


def read(path: Path) -> tuple[MergedRow, ...]:
    """The rows of a merged list (CSV or XLSX), by rank. Raises NotAMergedList or BadFile."""
    from kiosk.desk.merging.list_files import rows_of

    return checked((row.cells for row in rows_of(path, COLUMNS)), path.name)


def checked(rows: Iterable[Sequence[str]], name: str) -> tuple[MergedRow, ...]:
    """Rows whose cells are codes of their kinds, in the order of their ranks. Raises NotAMergedList."""
    found: list[MergedRow] = []
    numbers = set[str]()
    for place, cells in enumerate(rows, 1):
        row = MergedRow(*cells)
        number = row.meeting_number
        if not _ROW.fullmatch("\x1f".join(cells)) or row.rank != str(place):
            raise NotAMergedList(f"{name}, row {place}: a cell is no code of its kind, or ranks are not in order.")
        if len(number) == DIGITS or damm(number) or number in numbers:
            raise NotAMergedList(f"{name}, row {place}: its number is no meeting number, or stands there twice.")
        numbers.add(number)
        found.append(row)
    if not found:
        raise NotAMergedList(f"{name} has no rows.")
    return tuple(found)


def bands_of(row: MergedRow) -> dict[str, str]:
    """Each ranking key with its band, in their order; a band that the list hides is empty."""
    return {key: band for key, _, band in (each.partition("=") for each in row.bands.split(" "))}
