"""The terminal and whoever sits there: what was typed and read, and whose words can be seen."""

from __future__ import annotations

import errno
import re
from dataclasses import dataclass
from typing import Any

from tests.simulated.kernel import HUP, IN, OUT, Broken, Kernel, Thing

PAGE = b"\x18\x1b\\"
"""How every page of the supervisor's own begins."""

CLEARED = b"\x1b[2J\x1b[3J"
TAG = re.compile(rb"w\d{6}")
"""A sitting's words: each has its own."""
KEY = re.compile(rb"[kKL]\d{5}")
"""A key, each typed once: `K` keeps, `L` leaves."""

ROOMS = (100, 4096)
"""Bytes that wait for a terminal that does not read: one that has hardly any, and Linux's."""

FOUND: list[Any] = [0x500, 0x5, 0xBF, 0x8A3B, 15, 15, [0] * 32]
"""Modes of a shell's terminal."""


@dataclass(slots=True)
class Chunk:
    """Something typed at once."""

    end: int
    """The place in the stream of what was typed that it ends at."""
    kind: str
    typed_at: float
    length: int


class Glass(Thing):
    """The real terminal."""

    name = "terminal"

    def __init__(self, kernel: Kernel) -> None:
        super().__init__()
        self.kernel = kernel
        self.queue = bytearray()
        """What was typed and not read."""
        self.chunks: list[Chunk] = []
        self.typed = self.taken = 0
        self.held_back = bytearray()
        self.room = kernel.chance.choice(ROOMS)
        self.reads = True
        self.refused = False
        """Whether it did not take all of what was written last."""
        self.hung = False
        self.shown = bytearray()
        """What was shown since it was cleared last."""
        self.painted_at = float("-inf")
        self.modes = [*FOUND[:6], list(FOUND[6])]
        self.size = (80, 24)
        self.gone_tags: set[bytes] = set()
        """Words of sittings that were killed: never to be written again."""
        self.completed: list[Chunk] = []
        """What was read to its end since this was emptied last."""

    def ready(self) -> int:
        if self.hung:
            return HUP | IN
        return (IN if self.queue else 0) | (OUT if len(self.held_back) < self.room else 0)

    def type(self, data: bytes, kind: str) -> None:
        """Somebody types."""
        if not self.hung:
            self.queue += data
            self.typed += len(data)
            self.chunks.append(Chunk(self.typed, kind, self.kernel.now, len(data)))

    def read(self, most: int) -> bytes:
        if self.hung:
            raise OSError(errno.EIO, self.name)
        if not self.queue:
            raise BlockingIOError(errno.EAGAIN, self.name)
        count = min(most, len(self.queue))
        if self.kernel.chance.random() < 0.2:
            count = self.kernel.chance.randint(1, count)
        got = bytes(self.queue[:count])
        del self.queue[:count]
        self.taken += count
        while self.chunks and self.chunks[0].end <= self.taken:
            self.completed.append(self.chunks.pop(0))
        return got

    def forget_typed(self) -> None:
        """`TCIFLUSH`: what was half read is no key any more."""
        self.taken += len(self.queue)
        self.queue.clear()
        self.chunks.clear()

    def forget_written(self) -> None:
        """`TCOFLUSH`."""
        self.held_back.clear()

    def write(self, data: bytes) -> int:
        if self.hung:
            raise OSError(errno.EIO, self.name)
        if data.startswith(PAGE):
            self.painted_at = self.kernel.now
            if self.held_back:
                raise Broken("P2: a page follows what a stalled terminal had not taken")
        for tag in TAG.findall(bytes((self.shown if self.reads else self.held_back)[-6:]) + data):
            if tag in self.gone_tags:
                raise Broken(f"P2: words of a sitting that was killed are written: {tag.decode()}")
        count = len(data)
        if not self.reads:
            count = min(count, self.room - len(self.held_back))
            self.refused = count < len(data)
            if count == 0:
                raise BlockingIOError(errno.EAGAIN, self.name)
            self.held_back += data[:count]
            return count
        if self.kernel.chance.random() < 0.05:
            count = self.kernel.chance.randint(1, count)
        self.refused = count < len(data)
        self._show(data[:count])
        return count

    def read_on(self) -> None:
        """It takes again what is written."""
        self.reads = True
        self._show(bytes(self.held_back))
        self.held_back.clear()

    def _show(self, data: bytes) -> None:
        self.shown += data
        place = self.shown.rfind(CLEARED)
        if place >= 0:
            del self.shown[:place]
        elif len(self.shown) > 1 << 16:
            del self.shown[: 1 << 15]

    def words(self) -> set[bytes]:
        """Whose words can be seen."""
        return set(TAG.findall(self.shown))
