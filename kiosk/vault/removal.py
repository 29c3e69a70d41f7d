"""Removing records for good: the row, its traces in the file, and its number's way back."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.paths import Place
from kiosk.vault.records import stores_at
from kiosk.vault.tidy import rebuild


def remove(place: Place, number_key: bytes, numbers: Sequence[int], **found: str) -> int:
    """Remove records and rebuild the file; returns how many there were.

    What stays is a keyed hash of each number, so that it is never given or brought in again; also of numbers that
    were not there, so that a copy elsewhere cannot bring them. Where records lie in a region they go from there first,
    which takes its provider's user; a record that lay in both counts once. `found` is as for `store_at`.
    Raises StoreFault or KioskError.
    """
    gone: set[int] = set()
    for store in reversed(stores_at(place, number_key, **found)):
        gone |= store.numbers().intersection(numbers)
        store.retire(numbers)
    rebuild(place.summaries)
    return len(gone)
