"""Zeroing the memory of a sitting before it is killed: the kernel frees pages, it does not scrub them."""

from __future__ import annotations

import contextlib
import mmap
import os
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

TIME_ALLOWED = 0.020
"""Seconds after which the kill goes ahead with what is left."""

_PAGE = os.sysconf("SC_PAGE_SIZE")
_PIECE = 1 << 20
_PRESENT_OR_SWAPPED = 0xC0
# never written to, so all of it is the kernel's one page of zeros
_ZEROS = memoryview(mmap.mmap(-1, _PIECE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS))


class Memory:
    """Three open files of a process: its pages, what is mapped where, and what of that is really there.

    Opened while the process still lets itself be read; they stay usable after it no longer does.
    """

    __slots__ = ("maps", "pagemap", "pages")

    def __init__(self, pages: int, maps: int, pagemap: int) -> None:
        self.pages, self.maps, self.pagemap = pages, maps, pagemap

    @classmethod
    def of(cls, pid: int) -> Memory | None:
        """Open the memory of process `pid`; None where the kernel refuses."""
        opened: list[int] = []
        try:
            for name, mode in (("mem", os.O_RDWR), ("maps", os.O_RDONLY), ("pagemap", os.O_RDONLY)):
                opened.append(os.open(f"/proc/{pid}/{name}", mode | os.O_CLOEXEC))
        except OSError:
            for descriptor in opened:
                os.close(descriptor)
            return None
        return cls(*opened)

    @property
    def descriptors(self) -> tuple[int, int, int]:
        """The three of them."""
        return self.pages, self.maps, self.pagemap

    def close(self) -> None:
        """Close the three files."""
        for descriptor in self.descriptors:
            os.close(descriptor)

    def zero(self, allowed: float = TIME_ALLOWED) -> bool:
        """Zero every private writable page of the stopped process in `allowed` seconds; tell whether all is done."""
        end = time.monotonic() + allowed
        with contextlib.suppress(OSError):
            for start, stop in self._written():
                place = start
                while place < stop:
                    if time.monotonic() >= end:
                        return False
                    try:
                        place += os.pwrite(self.pages, _ZEROS[: min(_PIECE, stop - place)], place)
                    except OSError:
                        break
            return True
        return False

    def _written(self) -> Iterator[tuple[int, int]]:
        """Runs of addresses that hold something of its own: heap and plain memory first, data of libraries last."""
        mapped = [line.split(None, 5) for line in self._read_maps().splitlines()]
        private = [words for words in mapped if words[1].startswith(b"rw") and words[1].endswith(b"p")]
        for words in sorted(private, key=lambda words: words[4] != b"0"):
            start, _, stop = words[0].partition(b"-")
            yield from self._present(int(start, 16), int(stop, 16))

    def _read_maps(self) -> bytes:
        parts = []
        os.lseek(self.maps, 0, os.SEEK_SET)
        while part := os.read(self.maps, 1 << 16):
            parts.append(part)
        return b"".join(parts)

    def _present(self, start: int, stop: int) -> Iterator[tuple[int, int]]:
        # eight bytes a page; the top bits of the last one say whether it is in memory or in swap
        flags = os.pread(self.pagemap, (stop - start) // _PAGE * 8, start // _PAGE * 8)[7::8]
        first = -1
        for place, flag in enumerate(flags):
            if flag & _PRESENT_OR_SWAPPED:
                if first < 0:
                    first = place
            elif first >= 0:
                yield start + first * _PAGE, start + place * _PAGE
                first = -1
        if first >= 0:
            yield start + first * _PAGE, start + len(flags) * _PAGE
