"""Cells that a spreadsheet would run as a formula or read as something else are guarded, and no cell breaks its row."""

from __future__ import annotations

import re
from typing import Final

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20", "|", "%")
_INSIDE: Final = frozenset(',"\r\n;\t')
_STAYS: Final = re.compile(
    r"[1-9][0-9]{0,9}"  # a short number
    r"|(?!true|false|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z][a-z0-9_]*"  # no day, no truth
    r"|(?=[^_]*[a-df-z][^_]*[a-df-z])[0-9a-z]{11,}",  # a long one that is no number, whatever it begins with
    re.IGNORECASE,
)
"""Ids that every spreadsheet leaves as they are."""


def safe(cell: str) -> str:
    """One cell, ready to be written: an apostrophe before what begins like a formula, quoted where it has to be.

    Leading spaces do not hide a formula. A cell of letters and digits comes back as it is.
    """
    if cell.isalnum() and cell.isascii():
        return cell
    if cell.lstrip().startswith(_FORMULA) or cell.startswith(_FORMULA):
        cell = "'" + cell
    if not _INSIDE.isdisjoint(cell):
        cell = '"' + cell.replace('"', '""') + '"'
    return cell


def safe_id(text: str) -> str:
    """An id for a CSV file: with an apostrophe before it where a spreadsheet could change it (`0003`, `73928e05`)."""
    if _STAYS.fullmatch(text):
        return text
    quoted = safe(text if text.lstrip().startswith(_FORMULA) or text.startswith(_FORMULA) else "'" + text)
    return quoted
