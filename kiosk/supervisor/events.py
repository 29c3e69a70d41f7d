"""Lines for the benches: what happened, and when; nothing is written on a station."""

from __future__ import annotations

import os
import time


class Events:
    """Writes `name nanoseconds` (CLOCK_MONOTONIC) to a descriptor, or nothing where there is none."""

    __slots__ = ("_fd",)

    def __init__(self, fd: int) -> None:
        self._fd = fd

    def mark(self, name: str) -> None:
        """Say that `name` happened just now."""
        if self._fd < 0:
            return
        try:
            os.write(self._fd, f"{name} {time.perf_counter_ns()}\n".encode())
        except OSError:
            self._fd = -1
