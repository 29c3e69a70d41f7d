"""Time that goes on while the machine sleeps, so that a lid shut for an hour is an hour of silence."""

from __future__ import annotations

import ctypes
import math
import os
import time

_NEVER = float("inf")
_ABSOLUTE = 1


def now() -> float:
    """Seconds since the machine started (CLOCK_BOOTTIME); the same in every process."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class Alarm:
    """A descriptor that gets readable at a time of that clock, and at once where the machine slept through it.

    `poll` counts its patience by a clock that stands still in that sleep: after it, the last page would stay.
    """

    __slots__ = ("_at", "fd")

    fd: int
    """-1 where the kernel gave none: the poll loop's own patience is then all there is."""

    def __init__(self) -> None:
        self.fd = ctypes.CDLL(None).timerfd_create(time.CLOCK_BOOTTIME, os.O_NONBLOCK | os.O_CLOEXEC)
        self._at = _NEVER

    def by(self, at: float) -> None:
        """Have it ring at `at` (`now`) or before: who wants it later is woken early, and asks again."""
        if at >= self._at or self.fd < 0:
            return
        self._at = at
        part, whole = math.modf(max(at, 1.0))
        wanted = (ctypes.c_long * 4)(0, 0, int(whole), int(part * 1e9))
        ctypes.CDLL(None).timerfd_settime(self.fd, _ABSOLUTE, wanted, None)

    def heard(self) -> None:
        """It rang: it is silent until it is asked again."""
        self._at = _NEVER
        os.read(self.fd, 8)

    def close(self) -> None:
        """Give the descriptor back."""
        if self.fd >= 0:
            os.close(self.fd)
