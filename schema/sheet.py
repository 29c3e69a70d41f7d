"""The short id of a sheet of paper, and what may become of the sheet (MO-11)."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

SHEET_LETTERS: Final = "23456789CDFGHJKMNPQRTVWX"
"""Digits and letters that are hard to take for one another, and make no word."""
SHEET_LENGTH: Final = 5
"""Letters of an id."""


class SheetState(IntEnum):
    """What became of a sheet."""

    OPEN = 0
    """Printed, and nobody said yet."""
    GIVEN = 1
    """The visitor took it along."""
    HANDED = 2
    """Handed to the provider, to be stored there."""
    SHREDDED = 3
    """Shredded here, half-printed sheets among them."""


def is_sheet(text: object) -> bool:
    """Whether `text` can be a sheet's id."""
    return isinstance(text, str) and len(text) == SHEET_LENGTH and set(text) <= set(SHEET_LETTERS)
