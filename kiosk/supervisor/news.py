"""News: the station's editions opened for each sitting, unread, and the hour's count of look-ups."""

from __future__ import annotations

import contextlib
import fcntl
import os
import socket
import struct
import time

from kiosk.supervisor import processes, signals
from kiosk.supervisor.harden import die_with_parent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_IN_AN_HOUR = 30
"""Look-ups of all kiosks of a data folder in one hour: whoever would guess words has to take months."""
YES, NO = b"y", b"n"
"""To a sitting that would look something up: whether it may."""

_COUNT = struct.Struct(">IB")
"""The hour, counted from 1970, and how many look-ups there were in it: nothing else is noted."""


@contextlib.contextmanager
def opened(path: str) -> Iterator[int]:
    """The editions at `path` as a descriptor to hand on, of nothing where there are none; -1 without a path."""
    if not path:
        yield -1
        return
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        descriptor = os.open(os.devnull, os.O_RDONLY | os.O_CLOEXEC)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def answer(path: str, control: int) -> int:
    """Have a look-up counted in the file at `path`, and a sitting told on `control` whether it may. Returns a process
    id to reap, 0 for none.

    A child does it: a disk may take its time, and nothing that we do may.
    """
    signals.hold()
    try:
        pid = os.fork()
        if pid == 0:
            try:
                _answer(path, control)
            finally:
                os._exit(0)
    except OSError:
        return 0
    finally:
        signals.release()
    return pid


def _answer(path: str, control: int) -> None:
    die_with_parent()
    processes.close_all_but({control: control})
    with socket.socket(fileno=control) as line:
        line.send(YES if count(path, int(time.time()) // 3600) else NO)


def count(path: str, hour: int) -> bool:
    """Count one more look-up in `hour`; says whether it is among those allowed. What cannot be counted is not."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        raw = os.pread(descriptor, _COUNT.size, 0)
        last, so_far = _COUNT.unpack(raw) if len(raw) == _COUNT.size else (0, 0)
        if last != hour:
            last, so_far = hour, 0
        if so_far >= MOST_IN_AN_HOUR:
            return False
        os.pwrite(descriptor, _COUNT.pack(last, so_far + 1), 0)
        os.utime(descriptor, (hour * 3600, hour * 3600))  # the file's time tells the hour, as its inside does
        return True
    except OSError:
        return False
    finally:
        os.close(descriptor)
