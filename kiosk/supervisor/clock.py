"""Time that goes on while the machine sleeps, so that a lid shut for an hour is an hour of silence."""

from __future__ import annotations

import time


def now() -> float:
    """Seconds since the machine started (CLOCK_BOOTTIME); the same in every process."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)
