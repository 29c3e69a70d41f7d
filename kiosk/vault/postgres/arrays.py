"""Arrays as PostgreSQL takes them in binary, packed here: the driver does it element by element, in seconds a list."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Final

_INT4, _BYTEA = 23, 17
"""Types, as PostgreSQL numbers them (pg_type.dat)."""
_HEAD: Final = struct.Struct(">iiIii")
_LENGTH: Final = struct.Struct(">i")


class Array(bytes):
    """An array in its binary form (`array_recv` of PostgreSQL's arrayfuncs.c)."""


def ints(numbers: Sequence[int]) -> Array:
    """An `int4[]`."""
    pack = struct.Struct(">ii").pack
    return _array(_INT4, [pack(4, number) for number in numbers])


def strings(parts: Sequence[bytes]) -> Array:
    """A `bytea[]`."""
    lengths = {len(part) for part in parts}
    if len(lengths) == 1:  # nearly always: records, MACs and digests are each of one length
        length = _LENGTH.pack(*lengths)
        return _array(_BYTEA, (length, length.join(parts)), len(parts))
    return _array(_BYTEA, [_LENGTH.pack(len(part)) + part for part in parts])


def _array(kind: int, elements: Sequence[bytes], count: int = -1) -> Array:
    # one dimension, no element missing, counted from 1
    head = _HEAD.pack(1, 0, kind, len(elements) if count < 0 else count, 1)
    return Array(b"".join((head, *elements)))
