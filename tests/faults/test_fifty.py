"""Fifty kiosks on one data folder: each keeps its record, each number is another, nobody disturbs anybody.

They run without a standby, as over SSH: that is half the memory and half the time, and the file they share is the same.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from kiosk.vault import health
from tests.faults import station
from tests.faults.visitor import ASIDE, HOME, KEPT, SITTING, Visitor
from tests.terminal import proc

KEEPING = 50
PANICKING = 3
AT_ONCE = 6
"""Kiosks that start at the same time: more would only wait for each other."""


@pytest.mark.timeout(600)
def test_fifty_kiosks(short: Path, desk: Path) -> None:
    """P8: fifty kiosks at once on one folder each keep one record under a number of its own; all are on the list.

    Three more stand at the review page and panic while the fifty keep: nothing of theirs is kept, and all fifty
    sittings go on as the same processes.
    """
    settings = short / "station.toml"
    settings.write_text(settings.read_text().replace('"auto"', '"end"'))
    with ExitStack() as stack:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            visitors = list(pool.map(lambda _: _at_review(stack, short), range(KEEPING + PANICKING)))
        numbers = [visitor.number(ASIDE) for visitor in visitors]
        keeping, panicking = visitors[:KEEPING], visitors[KEEPING:]
        sittings = [visitor.of(SITTING) for visitor in keeping]
        for visitor in keeping[: KEEPING // 2]:
            visitor.press("f10")
        for visitor in panicking:
            visitor.press("f12")
        for visitor in keeping[KEEPING // 2 :]:
            visitor.press("f10")
        kept = [visitor.number(KEPT) for visitor in keeping]
        assert [visitor.ended() for visitor in panicking] == [0] * PANICKING
        assert [visitor.of(SITTING) for visitor in keeping] == sittings, "somebody else's panic ended a sitting"
        assert all(proc.alive(pid) for pids in sittings for pid in pids)
        assert len(set(kept)) == KEEPING
        assert not set(kept) & set(numbers[KEEPING:])
        for visitor in keeping:
            visitor.press("f12")
        assert [visitor.ended() for visitor in keeping] == [0] * KEEPING
    health.check(short / "summaries.db")
    found = station.listed(short, desk)
    assert sorted(row["number"] for row in found["rows"]) == sorted(kept)
    assert found["apart"] == []


def _at_review(stack: ExitStack, home: Path) -> Visitor:
    """A kiosk whose visitor stands at the review page."""
    visitor = stack.enter_context(Visitor(home))
    visitor.wait_for(HOME)
    visitor.go_to_review()
    return visitor
