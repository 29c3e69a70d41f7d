from __future__ import annotations

import json
import re
from pathlib import Path

from kiosk.seal import summary_codec
from kiosk.seal.record import context
from kiosk.seal.sealed import NONCE_LENGTH, PLAIN_LENGTH, SEALED_LENGTH, SLOTS, WRAPPED_LENGTH, slot_length
from schema.summary import Factors

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "seal-format.md").read_text()
TABLE = json.loads((ROOT / "tests" / "vectors" / "sealed.json").read_text())


def block(kind: str) -> str:
    """The hex of a fenced block, without its comments."""
    found = re.search(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return "".join(line for line in found[1].splitlines() if not line.startswith("#"))


def test_the_worked_example_is_the_first_vector() -> None:
    """docs/seal-format.md shows, to the byte, what the vectors hold."""
    assert block("sealed") == TABLE["vectors"][0]["sealed"]
    assert block("plain") == TABLE["plain"]
    assert TABLE["seed"] in PAGE and f"{len(TABLE['vectors'])} records" in PAGE


def test_the_offsets_are_the_programs() -> None:
    """docs/seal-format.md: every offset and length of the outside is what the program uses."""
    for suite, nonce_at in ((1, 360), (2, 4712)):
        assert 8 + SLOTS * slot_length(suite) == nonce_at
        assert nonce_at + NONCE_LENGTH + PLAIN_LENGTH + 16 == SEALED_LENGTH[suite]
        for figure in (nonce_at, nonce_at + NONCE_LENGTH, SEALED_LENGTH[suite], WRAPPED_LENGTH[suite]):
            assert f"{figure:,}" in PAGE


def test_the_inside_is_the_programs() -> None:
    """docs/seal-format.md: the fields' offsets are what the codec writes."""
    assert summary_codec._START.size == 14
    assert {codec: 14 + body.size for codec, body in summary_codec._BODY.items()} == {1: 118, 2: 122}
    assert tuple(Factors.__dataclass_fields__) == summary_codec._FACTORS
    assert "| 122 | 38 | zeros |" in PAGE


def test_the_context_is_the_written_one() -> None:
    """docs/seal-format.md: HPKE's info, to the byte."""
    written = "0013 6b696f736b207365616c6564207265636f7264 0001 01 0002 0007 0004 00bc614a".replace(" ", "")
    assert context(7, 12_345_674).hex() == written
    assert "0013 6b696f736b207365616c6564207265636f7264 0001 01 0002" in PAGE
