"""Fixed room for bytes on their way through, overwritten as soon as they are gone."""

from __future__ import annotations

import os

from kiosk.supervisor.harden import private_room

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mmap import mmap

_ZEROS = memoryview(bytes(65536))


class Buffer:
    """Bytes between `start` and `end` wait to be passed on. They are only ever copied into another `Buffer`."""

    __slots__ = ("_high", "end", "room", "start", "view")

    room: mmap
    """The memory itself; what the recogniser reads."""

    def __init__(self, size: int) -> None:
        self.room = private_room(size)
        self.view = memoryview(self.room)
        self.start = self.end = self._high = 0

    def __len__(self) -> int:
        return self.end - self.start

    def read_from(self, fd: int) -> int:
        """Read once into the free room behind `end`. Returns the count, 0 at the end; raises OSError."""
        count = os.readv(fd, [self.view[self.end :]])
        self.end += count
        self._high = max(self._high, self.end)
        return count

    def write_to(self, fd: int, most: int = 65536) -> int:
        """Write once what waits, at most `most` bytes, and zero what went. Raises OSError."""
        count = os.write(fd, self.view[self.start : min(self.end, self.start + most)])
        self._zero(self.start, self.start + count)
        self.start += count
        if self.start == self.end:
            self.start = self.end = self._high = 0
        return count

    def take(self, other: Buffer) -> None:
        """Append what waits in `other`, as far as there is room; the rest is lost. `other` is zeroed."""
        if len(self.view) - self.end < len(other) and self.start:
            self.close_up()
        count = min(len(self.view) - self.end, len(other))
        self.view[self.end : self.end + count] = other.view[other.start : other.start + count]
        self.end += count
        self._high = max(self._high, self.end)
        other.clear()

    def cut(self, start: int, stop: int) -> None:
        """Leave out what stands between two places of `room`."""
        rest = self.end - stop
        self.view[start : start + rest] = self.view[stop : self.end]
        self._zero(start + rest, self.end)
        self.end = start + rest

    def clear(self) -> None:
        """Zero everything that was ever in it."""
        self._zero(0, self._high)
        self.start = self.end = self._high = 0

    def close_up(self) -> None:
        """Move what waits to the beginning of the room."""
        length = len(self)
        self.view[:length] = self.view[self.start : self.end]
        self._zero(length, self._high)
        self.start, self.end, self._high = 0, length, length

    def _zero(self, start: int, end: int) -> None:
        while start < end:
            count = min(end - start, len(_ZEROS))
            self.view[start : start + count] = _ZEROS[:count]
            start += count
