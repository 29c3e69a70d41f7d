"""Which kiosks are running: each holds the lock of a file that is named after its process."""

from __future__ import annotations

import fcntl
import os
import re
from contextlib import ExitStack, suppress
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Alive:
    """A running kiosk."""

    path: Path
    """Its file."""
    handle: int
    """A pidfd of its supervisor, which no later process with its number can take over."""


def alive(run: Path, closing: ExitStack) -> list[Alive]:
    """Every running kiosk of a run folder; their handles are closed with `closing`."""
    return [kiosk for path in _files(run) if (kiosk := _hold(path, closing))]


def _files(run: Path) -> list[Path]:
    """The process files of a run folder; none where there is no folder."""
    with suppress(OSError):
        return sorted(path for path in run.iterdir() if NAME.fullmatch(path.name))
    return []


def _hold(path: Path, closing: ExitStack) -> Alive | None:
    """One kiosk, if it is alive."""
    try:
        handle = os.pidfd_open(int(path.name.removesuffix(".pid")))
    except OSError:
        _alive(path)
        return None
    closing.callback(os.close, handle)
    # Asked only now: a lock held while the handle is open proves that the handle is of the kiosk itself and
    # not of a later process with its number.
    return Alive(path, handle) if _alive(path) else None


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
