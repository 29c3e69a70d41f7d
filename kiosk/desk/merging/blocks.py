"""Text out of bytes that nobody vouches for: whole lines, a block at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Protocol

from kiosk.desk.merging.faults import BadFile

BLOCK: Final = 256 * 1024
"""Bytes read at a time."""
LONGEST_LINE: Final = 1024 * 1024
"""The most bytes of one line."""
_MARK: Final = b"\xef\xbb\xbf"
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")


class Readable(Protocol):
    """Whatever gives bytes."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""


def blocks(file: Readable, name: str) -> Iterator[str]:
    """The text of a file in pieces that end where a line ends, without the last line's break.

    A byte-order mark is dropped, every kind of line break becomes one, and letters that are no UTF-8 pass through
    unharmed (surrogateescape). Raises BadFile for UTF-16, a NUL, and a line that is longer than any of a list.
    """
    left, chunk = b"", _start(file, name)
    if chunk.startswith(_UTF16):
        raise BadFile(f"{name} is written in UTF-16, and only UTF-8 can be read.")
    chunk = chunk.removeprefix(_MARK) or _read(file, name)
    while chunk:
        if b"\0" in chunk:
            raise BadFile(f"{name} holds a NUL byte: it is no text.")
        cut = chunk.rfind(b"\n")
        if cut < 0:
            left += chunk
        else:
            yield _text(left + chunk[:cut])
            left = chunk[cut + 1 :]
        if len(left) > LONGEST_LINE:
            raise BadFile(f"{name} has a line that is longer than any of a list.")
        chunk = _read(file, name)
    if left:
        yield _text(left)


def _start(file: Readable, name: str) -> bytes:
    """The first bytes, as many as a byte-order mark has: a pipe or a zip may give fewer at a time."""
    start = b""
    while len(start) < len(_MARK) and (chunk := _read(file, name)):
        start += chunk
    return start


def _read(file: Readable, name: str) -> bytes:
    try:
        return file.read(BLOCK)
    except OSError as error:
        raise BadFile(f"{name} cannot be read ({error.strerror}).") from None


def _text(raw: bytes) -> str:
    text = raw.decode("utf-8", "surrogateescape")
    return text.replace("\r\n", "\n").removesuffix("\r").replace("\r", "\n") if "\r" in text else text
