"""The latest whole home page, in memory that outlives the image; and a built-in page that fits any size."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

LARGEST = 4 << 20
"""Bytes beyond which something is no frame (one of 400 by 200 in full colour has about 2 MiB)."""


class Frame:
    """A whole frame as a standby wrote it, and the size of terminal that it is for."""

    __slots__ = ("fd", "length", "size")

    fd: int
    """A memfd."""
    length: int
    """Bytes in it; 0 before the first frame."""
    size: tuple[int, int]
    """Columns and rows."""

    def __init__(self, fd: int = -1, length: int = 0, size: tuple[int, int] = (0, 0)) -> None:
        self.fd = os.memfd_create("frame", os.MFD_CLOEXEC) if fd < 0 else fd
        self.length = length
        self.size = size

    def keep(self, whole: bytearray, size: tuple[int, int]) -> None:
        """Keep `whole` in place of the former frame."""
        self.length = 0
        os.ftruncate(self.fd, 0)
        place = 0
        with memoryview(whole) as view:
            while place < len(view):
                place += os.pwrite(self.fd, view[place:], place)
        self.length, self.size = place, size

    def fits(self, size: tuple[int, int]) -> bool:
        """Whether there is a frame for a terminal of this size."""
        return self.length > 0 and self.size == size

    def read(self) -> bytes:
        """The frame's bytes."""
        return os.pread(self.fd, self.length, 0)


def built_in(lines: Sequence[str], size: tuple[int, int]) -> bytes:
    """A page of plain lines, clipped to `size`, that neither wraps nor scrolls; for a terminal just reset."""
    columns, rows = size
    page = ["\x1b[?7l\x1b[?25l"]
    for row, line in enumerate(lines[:rows], start=1):
        plain = "".join(letter for letter in line if letter.isprintable())
        page.append(f"\x1b[{row};1H{plain[:columns]}")
    page.append("\x1b[H")
    return "".join(page).encode()
