"""The list held against what was seen: nothing lost, nothing half, nothing kept that nobody said Keep to."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from kiosk.vault import health
from tests.faults import station
from tests.faults.rounds import Seen


def sound(home: Path, desk: Path, seen: Seen) -> set[int]:
    """Hold the list against what was seen: nothing lost, nothing half, nothing of nobody. Returns its numbers."""
    health.check(home / "summaries.db")
    with closing(sqlite3.connect(home / "summaries.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    found = station.listed(home, desk)
    numbers = {row["number"] for row in found["rows"]}
    assert found["apart"] == []
    assert len(numbers) == len(found["rows"])
    assert seen.acknowledged <= numbers, "a record that was said to be kept is lost"
    assert not numbers & seen.never, "a record was kept that nobody said Keep to"
    assert numbers <= seen.tried | seen.acknowledged
    return numbers
