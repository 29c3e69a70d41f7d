from __future__ import annotations

import os
import random
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.desk.records.listing import list_records
from kiosk.errors import KioskError
from kiosk.vault import health
from kiosk.vault.migrations import connect
from kiosk.vault.rebuild import rebuild
from tests.made_up import SEEDS, made_at

PAGE = 4096
TEARS: dict[str, Callable[[bytes], bytes]] = {
    "zeros": lambda page: bytes(len(page)),
    "random": lambda page: os.urandom(len(page)),
    "half": lambda page: page[: PAGE // 2] + bytes(PAGE // 2),
    "shifted": lambda page: page[1:] + page[:1],
    "one bit": lambda page: page[:3000] + bytes([page[3000] ^ 4]) + page[3001:],
}


@pytest.mark.parametrize("tear", TEARS)
def test_each_torn_page_is_noticed(tmp_path: Path, tear: str) -> None:
    """E6: any page torn: the check, the database, the MAC or the seal notices; no wrong row is ever ranked."""
    made = made_at(tmp_path / "k")
    kept = {made.keep() for _ in range(24)}
    with closing(connect(made.place.summaries)) as file:
        file.execute("DELETE FROM removed")  # a map of bits, of which no single one can be missed
    rebuild(made.place.summaries)
    whole = made.place.summaries.read_bytes()
    noticed = 0
    for at in range(0, len(whole), PAGE):
        torn = TEARS[tear](whole[at : at + PAGE])
        made.place.summaries.write_bytes(whole[:at] + torn + whole[at + PAGE :])
        try:
            health.check(made.place.summaries)
            listing = list_records(made.place, SEEDS)
        except KioskError:
            noticed += 1
            continue
        ranked = {row.number for row in listing.rows}
        assert ranked <= kept
        noticed += ranked != kept or bool(listing.apart)
    assert noticed >= len(whole) // PAGE // 2
    made.place.summaries.write_bytes(whole)
    assert {row.number for row in list_records(made.place, SEEDS).rows} == kept


def test_one_torn_record_leaves_the_others(tmp_path: Path) -> None:
    """E6: bytes of one record changed on disk: that one is set apart, every other one is ranked as before."""
    made = made_at(tmp_path / "k")
    kept = {made.keep() for _ in range(24)}
    chance = random.Random(2)
    whole = made.place.summaries.read_bytes()
    for row in chance.sample(made.store.rows(), 6):
        at = whole.index(row.untrusted_sealed) + chance.randrange(4, 548)
        made.place.summaries.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        health.check(made.place.summaries)
        listing = list_records(made.place, SEEDS)
        assert [each.number for each in listing.apart] == [row.number]
        assert {each.number for each in listing.rows} == kept - {row.number}
