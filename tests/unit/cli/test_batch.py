"""`kiosk batch`: one station's month seen, set aside, taken back and removed, from the outside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kiosk.desk.records import batches
from kiosk.desk.records.listing import open_list
from kiosk.seal.phrase import phrase_check
from schema.later import Change
from tests.command_line import kiosk
from tests.made_up import PHRASE, SEED, SEEDS, Made, a_summary


def test_a_flood_is_seen_set_aside_and_removed(desk: Made, file: Path, tmp_path: Path) -> None:
    """S9: records by station and month; a batch leaves list, export and report, comes back whole, or goes for good."""
    desk.region, back = desk.region.deal("back", SEEDS)
    desk.region.write(desk.place.desk_toml, SEED)
    mine = {desk.keep() for _ in range(2)}
    flood = {desk.keep(key=back) for _ in range(3)}
    older = {desk.keep(a_summary(month="2026-10"), key=back)}
    target = next(iter(flood))
    request = desk.keep(Change(target, phrase_check(target, PHRASE), a_summary(target)), key=back)

    def said(*words: str, status: int = 0) -> str:
        done = kiosk(*words, "--passphrase-file", str(file), cwd=tmp_path)
        assert done.returncode == status, done.stderr
        return done.stdout

    def listed() -> tuple[set[int], set[int]]:
        found: dict[str, Any] = json.loads(said("list", "--json"))
        return {row["number"] for row in found["rows"]}, {each["number"] for each in found["apart"]}

    counts = [["back", "2026-10", 1], ["back", "2026-11", 3], ["front", "2026-11", 2]]
    found = json.loads(said("batch", "--json"))
    assert [[each["station"], each["month"], each["records"]] for each in found] == counts
    assert said("batch", "--aside", "back", "2026-11") == "Set aside: 3.\n"
    assert listed() == (mine | older, flood)
    assert "set aside" in said("batch")
    said("export", str(tmp_path / "list.csv"))
    assert len((tmp_path / "list.csv").read_text().splitlines()) == 1 + len(mine | older)
    assert said("batch", "--back", "back", "2026-11") == "Back on the list: 3.\n"
    assert listed() == (mine | older | flood, set())
    assert said("batch", "--remove", "back", "2026-11").startswith("Removed here: 4.")
    assert listed() == (mine | older, set()) and request not in {row.number for row in desk.store.rows()}
    said("batch", "--aside", "back", "2026-11", status=3)
    said("batch", "--aside", "back", "2026-13", status=2)


def test_more_than_people_keep_is_said(desk: Made, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A month above the ceiling is named for whoever looks."""
    from kiosk.desk.records.removal_ledger import RemovalLedger

    monkeypatch.setattr(batches, "MOST_A_MONTH", 2)
    for _ in range(3):
        desk.keep()
    [found] = batches.batches(open_list(desk.records, desk.region, SEEDS), desk.region, RemovalLedger())
    assert found.many and found.records == 3
