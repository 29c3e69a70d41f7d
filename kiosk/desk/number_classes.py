"""The classes of numbers that stations are dealt: how many, and how they lie in a file."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from kiosk.vault.numbers import CLASSES

CLASSES_A_STATION: Final = 32
"""Number classes dealt to each station; a region has room for 128 stations."""
IN_ORDER: Final = 64
"""Number classes that a station of format 1 has, one after the other; it keeps them."""


def in_order(first_class: int) -> frozenset[int]:
    """The classes of a station of format 1. Raises ValueError for a first class that none has."""
    if type(first_class) is not int or first_class not in range(0, CLASSES, IN_ORDER):
        raise ValueError
    return frozenset(range(first_class, first_class + IN_ORDER))


def classes_to_bytes(classes: Collection[int]) -> bytes:
    """Number classes as they lie inside a seal: ascending, two bytes each."""
    return b"".join(each.to_bytes(2, "big") for each in sorted(classes))


def classes_from_bytes(raw: bytes) -> frozenset[int]:
    """The classes again. Raises ValueError for classes that nobody was dealt."""
    classes = [int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw), 2)]
    if not classes or len(raw) % 2 or classes != sorted(set(classes)) or classes[-1] >= CLASSES:
        raise ValueError
    return frozenset(classes)
