"""Being the only one at a data folder: no kiosk runs, and no other command changes keys."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from kiosk.errors import Refused
from kiosk.paths import Place
from kiosk.vault import tidy


class KioskRunning(Refused):
    """A kiosk runs on this data folder: its visitors would seal to the old key."""

    hint = "End it (Ctrl+Q on its home page), then run this again."


@contextmanager
def one_at_a_time(place: Place) -> Iterator[None]:
    """Wait for other commands that change keys or take records in, and keep them waiting."""
    lock = os.open(place.home, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


@contextmanager
def alone(place: Place) -> Iterator[None]:
    """The same, with no kiosk running and none that could start. Raises KioskRunning."""
    place.run.mkdir(mode=0o700, exist_ok=True)
    with one_at_a_time(place):
        kiosks = _without_kiosks(place)
        try:
            yield
        finally:
            os.close(kiosks)


def _without_kiosks(place: Place) -> int:
    try:
        return tidy.hold_alone(place)
    except tidy.StillTidying:
        raise KioskRunning("A kiosk is running on this data folder.") from None
