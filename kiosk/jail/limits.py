"""Walls older than Landlock: resource limits, and what `prctl` takes away."""

from __future__ import annotations

import ctypes
import resource
import signal
from contextlib import suppress
from typing import Final

_PR_SET_PDEATHSIG: Final = 1
_PR_SET_DUMPABLE: Final = 4
_PR_SET_NO_NEW_PRIVS: Final = 38
_PR_SET_MDWE: Final = 65
_PR_MDWE_REFUSE_EXEC_GAIN: Final = 1

OPEN_FILES: Final = 256
"""Descriptors a jailed process may hold."""


def prctl(option: int, value: int) -> bool:
    """Call prctl(2) with one value; say whether the kernel took it."""
    zero = ctypes.c_ulong(0)
    return bool(ctypes.CDLL(None).prctl(option, ctypes.c_ulong(value), zero, zero, zero) == 0)


def limit(*, files: bool, memory: int) -> None:
    """Lower what this process may use, for good: core dumps, descriptors, `memory` (bytes; 0 for as much as there is)
    and, without `files`, every file byte.

    Core dumps are held to one byte: a limit of nought is ignored where they go to a pipe (core(5)). In a process that
    a jailed one started nothing can be lowered any more: it has its parent's limits, and Landlock's say on files.
    """
    _lower(resource.RLIMIT_CORE, 1)
    _lower(resource.RLIMIT_NOFILE, OPEN_FILES)
    if memory:
        _lower(resource.RLIMIT_AS, memory)
    if not files:
        _lower(resource.RLIMIT_FSIZE, 0)


def _lower(which: int, most: int) -> None:
    hard = resource.getrlimit(which)[1]
    value = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with suppress(ValueError):  # what Python makes of EPERM, the answer of the parent's own filter
        resource.setrlimit(which, (value, value))


def hide() -> bool:
    """Make this process undumpable: no core, no reading of its memory by others of the same user."""
    return prctl(_PR_SET_DUMPABLE, 0)


def follow_parent() -> bool:
    """Die when the parent does, however it dies."""
    return prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def renounce() -> bool:
    """Promise never to gain rights by starting a program; Landlock and seccomp ask for it."""
    return prctl(_PR_SET_NO_NEW_PRIVS, 1)


def freeze_code() -> bool:
    """Refuse memory that was written and is then to be run (kernel 6.3 and later)."""
    return prctl(_PR_SET_MDWE, _PR_MDWE_REFUSE_EXEC_GAIN)
