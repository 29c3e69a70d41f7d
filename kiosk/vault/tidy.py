"""Tidying: rebuild the database when no kiosk has it open, so that its order tells nothing (P7)."""

from __future__ import annotations

import fcntl
import os
import signal
import sqlite3
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.errors import ExitCode, KioskError

if TYPE_CHECKING:
    from kiosk.paths import Place

LOCK_NAME: Final = "kiosks.lock"
"""The file in the run folder that every running kiosk holds shared, and tidying holds alone."""
HOLD_SECONDS: Final = 15.0
"""How long a starting kiosk waits for tidying to end."""
LEAVE_SECONDS: Final = 5.0
"""How long tidying waits for the kiosk that started it to be gone."""
LIFE_SECONDS: Final = 600
"""Tidying ends itself after so long; SQLite then drops what it had begun."""
_PAUSE: Final = 0.05


class StillTidying(KioskError):
    """The database is being rebuilt and does not come free."""

    hint = "Wait a minute and start again; if it stays, look for a `kiosk.vault.tidy` process that hangs."


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


def rebuild(path: Path) -> None:
    """Rebuild the file in the order of its keys; nothing of a removed record stays. Raises KioskError."""
    from kiosk.vault.file_times import blur_times
    from kiosk.vault.migrations import connect

    try:
        with closing(connect(path)) as connection:
            connection.execute("VACUUM")
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", type(error).__name__)
        raise KioskError(f"{path.name} could not be rebuilt ({name}).") from None
    blur_times(path)


def tidy(place: Place, *, patience: float = LEAVE_SECONDS) -> bool:
    """Rebuild the database unless a kiosk still runs on it; says whether it did."""
    try:
        descriptor = _lock(place.run, fcntl.LOCK_EX, patience)
    except StillTidying:
        return False
    try:
        rebuild(place.summaries)
    finally:
        os.close(descriptor)
    return True


def main(arguments: Sequence[str]) -> int:
    """Tidy the kiosk at `--home PATH`; with `--now`, for a quiet hour, although kiosks run. Silent whatever happens.

    A rebuild beside running kiosks is safe: a clerk that keeps a record meanwhile waits for it.
    """
    from kiosk.paths import Place

    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP, signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    signal.alarm(LIFE_SECONDS)
    if len(arguments) not in (2, 3) or arguments[0] != "--home" or arguments[2:] not in ([], ["--now"]):
        return ExitCode.USAGE
    place = Place(Path(arguments[1]))
    try:
        if arguments[2:]:
            rebuild(place.summaries)
        else:
            tidy(place)
    except KioskError as error:
        return error.exit_code
    return ExitCode.DONE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
