from __future__ import annotations

import dataclasses
import json
from collections import Counter
from pathlib import Path

import pytest

from kiosk.desk.keys.derivation import recipient
from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.records import unsealing
from kiosk.seal import sealed, summary_codec
from schema.later import Change, Withdrawal
from schema.summary import Summary

TABLE = json.loads((Path(__file__).parents[2] / "vectors" / "sealed.json").read_text())
VECTORS = {each["name"]: each for each in TABLE["vectors"]}
OPENER = unsealing.Opener(Seeds(bytes.fromhex(TABLE["seed"])))


def test_there_are_vectors_of_every_kind() -> None:
    """F9: a hundred vectors and more, names unlike, every kind of error among them."""
    kinds = Counter(each["expect"] for each in TABLE["vectors"])
    assert len(VECTORS) == len(TABLE["vectors"]) >= 100
    assert set(kinds) == {"opened", "UnknownFormat", "NotOurs", "WrongKey", "Damaged", "Malformed"}


def test_the_seed_gives_the_public_keys() -> None:
    """docs/seal-format.md: both suites' public keys follow from the seed as written there."""
    for suite in (1, 2):
        assert recipient(bytes.fromhex(TABLE["seed"]), suite).public.hex() == TABLE["recipients"][str(suite)]


@pytest.mark.parametrize("name", VECTORS)
def test_each_vector_says_its_kind(name: str) -> None:
    """F9: a good record opens; a record with one fault is refused with its own kind of error."""
    vector = VECTORS[name]
    raw = bytes.fromhex(vector["sealed"])
    if vector["expect"] == "opened":
        item = OPENER.open(vector["number"], raw)
        assert isinstance(item, (Summary, Withdrawal, Change))
        return
    with pytest.raises(unsealing.NotOpened) as caught:
        OPENER.open(vector["number"], raw)
    assert type(caught.value).__name__ == vector["expect"]


def test_the_layout_is_the_written_one() -> None:
    """docs/seal-format.md: the codec reads and writes the vector's plain bytes to the byte."""
    plain = bytes.fromhex(TABLE["plain"])
    item = summary_codec.decode(plain)
    assert isinstance(item, Summary)
    assert (item.month, item.region, item.pack, item.instrument) == ("2026-11", "MO-606", "us-mo", 7)
    assert (item.factors.pregnancy, item.factors.income_band, item.factors.months_homeless) == (9, 8, 113)
    assert item.release_expires == "2027-11" and item.profile == "0123456789abcdef"
    assert (item.factors.unbroken_year, item.factors.homeless_before) == (1, 99)
    assert summary_codec.encode(item) == plain


def test_the_first_layout_is_still_read() -> None:
    """A station that was not updated writes version 1: it opens, and the two later answers are not known."""
    plain = bytes.fromhex(TABLE["plain_1"])
    assert plain[0] == 1
    item, newer = summary_codec.decode(plain), summary_codec.decode(bytes.fromhex(TABLE["plain"]))
    assert isinstance(item, Summary) and isinstance(newer, Summary)
    assert item == dataclasses.replace(
        newer, factors=dataclasses.replace(newer.factors, unbroken_year=99, homeless_before=99)
    )
    assert summary_codec.encode(item, 1) == plain


def test_the_lengths_are_the_written_ones() -> None:
    """P7: one length a suite: 548 and 4,900 bytes."""
    assert sealed.SEALED_LENGTH == {1: 548, 2: 4900}
    opened = [bytes.fromhex(each["sealed"]) for each in TABLE["vectors"] if each["expect"] == "opened"]
    assert {len(raw) for raw in opened} == {548, 4900}
