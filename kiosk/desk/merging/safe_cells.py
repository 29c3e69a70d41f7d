"""Cells that a spreadsheet would run as a formula are made harmless, and no cell breaks its row."""

from __future__ import annotations

from typing import Final

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20", "|", "%")
_INSIDE: Final = frozenset(',"\r\n;\t')


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
