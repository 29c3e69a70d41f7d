"""A receipt printer for tests: the far end of a pseudo-terminal is its paper."""

from __future__ import annotations

import os
import tty
from contextlib import suppress


class Printer:
    """A device to print on, and everything that came out of it."""

    def __init__(self) -> None:
        self._paper, self.device = os.openpty()
        tty.setraw(self.device)
        for descriptor in (self._paper, self.device):
            os.set_blocking(descriptor, False)
        self.path = os.ttyname(self.device)
        """The device file, for `station.toml`."""
        self.came = b""
        """All that was read so far."""

    def read(self) -> bytes:
        """All that came out until now."""
        with suppress(OSError):
            while True:
                self.came += os.read(self._paper, 4096)
        return self.came

    def unplug(self) -> None:
        """Pull the cable."""
        if self._paper >= 0:
            os.close(self._paper)
        self._paper = -1

    def close(self) -> None:
        """Put it away."""
        self.unplug()
        if self.device >= 0:
            os.close(self.device)
        self.device = -1
