"""Arrays for PostgreSQL are packed as the driver packs them."""

from __future__ import annotations

import pytest
from psycopg.adapt import PyFormat, Transformer

from kiosk.vault.postgres.arrays import ints, strings


@pytest.mark.parametrize("numbers", [[10_000_005], [10_000_005, 99_999_990, 12_345_679]])
def test_numbers(numbers: list[int]) -> None:
    """The same bytes, but for the type: the driver takes the smallest, and the statement asks for `int4`."""
    ours = ints(numbers)
    head, rest = ours[:20], ours[20:]
    assert head == bytes.fromhex("00000001 00000000 00000017") + len(numbers).to_bytes(4, "big") + b"\0\0\0\1"
    assert rest == b"".join(b"\0\0\0\4" + number.to_bytes(4, "big") for number in numbers)


@pytest.mark.parametrize("parts", [[b""], [b"a" * 32] * 3, [b"", b"\0\xff", b"abc"], [bytes(548)] * 2])
def test_strings(parts: list[bytes]) -> None:
    """Byte for byte what the driver sends, of one length or of several."""
    theirs = Transformer().get_dumper(parts, PyFormat.BINARY).dump(parts)
    assert strings(parts) == bytes(theirs or b"")
