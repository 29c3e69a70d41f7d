"""Who may hold a data folder: running kiosks together, a rebuild or a change of keys alone."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.errors import KioskError, Refused

if TYPE_CHECKING:
    from kiosk.paths import Place

LOCK_NAME: Final = "kiosks.lock"
"""The file in the run folder that every running kiosk holds shared, and tidying holds alone."""
HOLD_SECONDS: Final = 15.0
"""How long a starting kiosk waits for tidying to end."""
_PAUSE: Final = 0.05


class KioskRunning(Refused):
    """A kiosk runs on this data folder: its visitors would seal to the old key."""

    hint = "End it with `kiosk stop`, then run this again."


class StillTidying(KioskError):
    """The database is being rebuilt and does not come free."""

    hint = "Wait a minute and start again; if it stays, look for a `kiosk.vault.rebuild` process that hangs."


def hold(place: Place) -> int:
    """Hold the lock of running kiosks; keep the descriptor open as long as the kiosk runs. Raises KioskError."""
    return _lock(place.run, fcntl.LOCK_SH, HOLD_SECONDS)


def hold_alone(place: Place, *, patience: float = 0.0) -> int:
    """Hold the lock while no kiosk runs, and keep kiosks from starting. Raises StillTidying when one runs."""
    return _lock(place.run, fcntl.LOCK_EX, patience)


def _lock(run: Path, kind: int, seconds: float) -> int:
    try:
        descriptor = os.open(run / LOCK_NAME, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise KioskError(f"The run folder cannot be used ({error.strerror}).") from None
    end = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        except OSError:
            if time.monotonic() > end:
                os.close(descriptor)
                raise StillTidying("Another process holds the kiosk's lock.") from None
            time.sleep(_PAUSE)
        else:
            return descriptor


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
        return hold_alone(place)
    except StillTidying:
        raise KioskRunning("A kiosk is running on this data folder.") from None
