"""Rebuilding the database when no kiosk has it open, so that its order tells nothing (P7)."""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.errors import ExitCode, KioskError
from kiosk.vault.locks import StillTidying, hold_alone

if TYPE_CHECKING:
    from kiosk.paths import Place

LEAVE_SECONDS: Final = 5.0
"""How long tidying waits for the kiosk that started it to be gone."""
LIFE_SECONDS: Final = 600
"""Tidying ends itself after so long; SQLite then drops what it had begun."""


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
        descriptor = hold_alone(place, patience=patience)
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
