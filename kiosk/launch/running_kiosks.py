"""Which kiosks are running: each holds the lock of a file that is named after its process."""

from __future__ import annotations

import fcntl
import os
import re
import signal
from contextlib import suppress
from pathlib import Path

NAME = re.compile(r"([1-9][0-9]{0,9})\.pid")
"""The name of a running kiosk's file."""


def enter(run: Path) -> int:
    """Say that this process is a kiosk: a locked file in `run`. Returns the descriptor that holds the lock.

    The file gets its name only when it is locked, so that nobody takes it for one left behind. The lock goes over
    `execve` with the descriptor and ends with the last process that holds it.
    """
    sweep(run)
    hidden = run / f".{os.getpid()}.new"
    descriptor = os.open(hidden, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    hidden.rename(run / f"{os.getpid()}.pid")
    return descriptor


def sweep(run: Path) -> None:
    """Remove the files of kiosks that are gone."""
    for path in _files(run):
        _alive(path)


def panic_all(run: Path) -> int:
    """Send SIGUSR1 to every running kiosk. Returns how many there were."""
    return sum(_panic(path) for path in _files(run))


def _files(run: Path) -> list[Path]:
    """The process files of a run folder; none where there is no folder."""
    with suppress(OSError):
        return sorted(path for path in run.iterdir() if NAME.fullmatch(path.name))
    return []


def _panic(path: Path) -> bool:
    """Signal one kiosk if it is alive."""
    pid = int(path.name.removesuffix(".pid"))
    try:
        handle = os.pidfd_open(pid)
    except OSError:
        _alive(path)
        return False
    try:
        # Asked only now: a lock held while the handle is open proves that the handle is of the kiosk itself and
        # not of a later process with its number.
        if not _alive(path):
            return False
        signal.pidfd_send_signal(handle, signal.SIGUSR1)
    except OSError:
        return False
    finally:
        os.close(handle)
    return True


def _alive(path: Path) -> bool:
    """Whether the kiosk of a file still runs; removes the file if it does not."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    else:
        path.unlink(missing_ok=True)
        return False
    finally:
        os.close(descriptor)
