"""What the supervisor denies itself and others: no dump, no reading of its memory, no new privileges, no swap."""

from __future__ import annotations

import contextlib
import ctypes
import mmap
import resource
import signal

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
_MADV_WIPEONFORK = 18
_MLOCK_ONFAULT = 1

_libc = ctypes.CDLL(None, use_errno=True)


def harden() -> None:
    """Shut this process to core dumps, to readers of its memory, and to privileges gained by starting programs.

    A core limit of 1 byte, not 0: the kernel honours it for piped core dumps too (core(5)). `execve`
    makes a process dumpable again, so every new image calls this first.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (1, 1))
    _libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def die_with_parent(number: int = signal.SIGKILL) -> None:
    """Have the kernel send this process a signal when its parent dies."""
    _libc.prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0)


def private_room(size: int) -> mmap.mmap:
    """`size` bytes of memory that no dump, no fork and, where the limit allows, no swap gets to see."""
    room = mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    for advice in (mmap.MADV_DONTDUMP, _MADV_WIPEONFORK):
        with contextlib.suppress(OSError):
            room.madvise(advice)
    start = ctypes.addressof(ctypes.c_char.from_buffer(room))
    # on fault, so that a queue that is never needed costs nothing; refused beyond RLIMIT_MEMLOCK
    with contextlib.suppress(AttributeError):
        _libc.mlock2(ctypes.c_void_p(start), ctypes.c_size_t(size), _MLOCK_ONFAULT)
    return room
