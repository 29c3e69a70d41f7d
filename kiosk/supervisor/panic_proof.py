"""The proof that a panic was heard: a lock that moves from byte to byte of this kiosk's own file. Nothing is written.

Whoever asks a kiosk to leave (`kiosk panic`) looks where the lock is, before and after: a time in a file would tell
when somebody left, and a signal that was sent proves nothing about a supervisor that is stopped. Where it moves to is
drawn, because everybody on the machine sees locks, and a count would tell of visitors.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import struct

# `struct flock` of 64-bit Linux: type, whence, start, length (0: to the end), process (0: a lock of the open file)
_FLOCK = "hhqqi4x"


def give(fd: int, place: int) -> int:
    """Move the lock of the open file `fd` away from byte `place` (0: it had none), and return where it is now."""
    if fd < 0:
        return place
    other = 1 + int.from_bytes(os.urandom(4), "big")
    with contextlib.suppress(OSError):
        # the new one first, so that whoever looks in between finds one
        _lock(fd, fcntl.F_WRLCK, other)
        if place:
            _lock(fd, fcntl.F_UNLCK, place)
        return other
    return place


def look(fd: int) -> int:
    """The byte that somebody else's lock is on; 0 where there is none, or where this file has no such locks."""
    try:
        answer = fcntl.fcntl(fd, fcntl.F_OFD_GETLK, struct.pack(_FLOCK, fcntl.F_WRLCK, os.SEEK_SET, 1, 0, 0))
    except OSError:
        return 0
    kind, _, place, _, _ = struct.unpack(_FLOCK, answer)
    return 0 if kind == fcntl.F_UNLCK else int(place)


def _lock(fd: int, kind: int, place: int) -> None:
    fcntl.fcntl(fd, fcntl.F_OFD_SETLK, struct.pack(_FLOCK, kind, os.SEEK_SET, place, 1, 0))
