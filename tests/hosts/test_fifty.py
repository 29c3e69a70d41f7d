"""Fifty visitors at once on one host, over SSH: each is served, each leaves alone, and nothing of any is lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from kiosk.vault import health
from tests.faults import station
from tests.faults.visitor import ASIDE, KEPT, SITTING, Visitor
from tests.hosts.server import NEEDED, Server
from tests.terminal import proc

pytestmark = pytest.mark.tool(*NEEDED)

VISITORS = (10, 50)
"""How many always, and in the full round."""
PANICKING = 5
"""How many of them leave before Keep."""
AT_ONCE = 6
"""Visitors who connect at the same time: more would only wait for each other."""


@pytest.mark.timeout(600)
def test_many_visitors(server: Server, desk: Path, full_round: bool) -> None:
    """I1, I11, E12: fifty at once on one folder, ten always; who keeps has a record under her own number, on the list.

    Five panic at the review page while the others keep: nothing of theirs is kept, and every other sitting goes on as
    the same process.
    """
    count = VISITORS[full_round]
    with ExitStack() as stack:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            visitors = list(pool.map(lambda _: _at_review(stack, server), range(count)))
        numbers = [visitor.number(ASIDE) for visitor in visitors]
        assert len(_sittings(server)) == count
        panicking, keeping = visitors[:PANICKING], visitors[PANICKING:]
        half = len(keeping) // 2
        for visitor in keeping[:half]:
            visitor.press("f10")
        for alone in panicking:
            before = _sittings(server)
            alone.press("f12")
            assert alone.ended() == 0
            after = _sittings(server)
            assert after < before and len(before - after) == 1, "one leaves, and nobody else"
        for visitor in keeping[half:]:
            visitor.press("f10")
        kept = [visitor.number(KEPT) for visitor in keeping]
        assert len(_sittings(server)) == len(set(kept)) == len(keeping)
        assert not set(kept) & set(numbers[:PANICKING])
        for visitor in keeping:
            visitor.press("f12")
        assert [visitor.ended() for visitor in keeping] == [0] * len(keeping)
    server.until_nobody_is_left()
    health.check(server.home / "summaries.db")
    found = station.listed(server.home, desk)
    assert sorted(row["number"] for row in found["rows"]) == sorted(kept)
    assert found["apart"] == []


def _at_review(stack: ExitStack, server: Server) -> Visitor:
    """A visitor who stands at the review page."""
    visitor = stack.enter_context(server.visitor())
    visitor.go_to_review()
    return visitor


def _sittings(server: Server) -> frozenset[int]:
    """The sittings that run on the host."""
    return frozenset(pid for pid in proc.family(server.process.pid) if SITTING in proc.command(pid) and proc.alive(pid))
