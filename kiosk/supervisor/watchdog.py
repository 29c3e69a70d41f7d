"""A word to the service manager while the poll loop turns (sd_notify(3)); a supervisor that is stopped says none.

With `WatchdogSec=` in its unit, systemd kills a service that has been silent for so long, and clears the console.
"""

from __future__ import annotations

import contextlib
import socket

EVERY = 1.0
"""Seconds between two words: a third of what the units allow."""


class Watchdog:
    """Says that all is well, where anybody listens."""

    __slots__ = ("_address", "_line", "_next")

    def __init__(self, address: str) -> None:
        self._address = "\0" + address[1:] if address.startswith("@") else address
        self._line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) if address else None
        self._next = 0.0
        if self._line:
            self._line.setblocking(False)

    def until_next(self, now: float) -> float:
        """Seconds until the next word is due; infinite where nobody listens."""
        return max(self._next - now, 0.0) if self._line else float("inf")

    def say(self, now: float) -> None:
        """Say it, if it is due. A manager that does not read loses it."""
        if self._line and now >= self._next:
            self._next = now + EVERY
            with contextlib.suppress(OSError):
                self._line.sendto(b"READY=1\nWATCHDOG=1", self._address)
