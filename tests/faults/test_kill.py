"""P8: whoever is killed, and whenever she panics, a record is stored whole or not at all, and "kept" means kept."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.faults.rounds import SAVE, VICTIMS, Seen, Terminal, tidy
from tests.faults.sound import sound
from tests.faults.visitor import HOME, Visitor

KILLS, PANICS = (8, 32), (4, 12)
"""How many kills, two of each victim at least; as many in the full round as it takes to meet rare moments."""
TIDYINGS = 10
TERMINALS = 2
"""Terminals at work on one data folder at the same time."""

Job = Callable[[Terminal], None]


def work(home: Path, jobs: Sequence[Job]) -> Seen:
    """Do the jobs on a few terminals side by side; return what was seen."""
    seen = Seen()
    seed = random.SystemRandom().randrange(1 << 30)
    print(f"seed {seed}")

    def one(index: int) -> None:
        terminal = Terminal(home, seen, random.Random(seed + index))
        try:
            for job in jobs[index::TERMINALS]:
                job(terminal)
        finally:
            terminal.close()

    with ThreadPoolExecutor(TERMINALS) as pool:
        list(pool.map(one, range(TERMINALS)))
    return seen


@pytest.mark.timeout(400)
def test_killed_at_any_moment(short: Path, desk: Path, full_round: bool) -> None:
    """P8, E1, C2: kill -9 of supervisor, sitting, standby, clerk and tidying at random moments of visits that keep.

    Every record whose number was seen on the page that says "kept" is there and opens; none is half; the database is
    sound; the next start works.
    """

    def kill(victim: str) -> Job:
        return lambda terminal: terminal.kill_while_keeping(victim)

    kills = range(KILLS[full_round])
    seen = work(short, [kill(VICTIMS[index // TERMINALS % len(VICTIMS)]) for index in kills])
    assert sorted(set(seen.killed)) == sorted(VICTIMS)
    assert seen.acknowledged, "no record was ever kept: nothing was proven"
    before = sound(short, desk, seen)
    dice = random.Random()
    undisturbed, seconds = tidy(short)
    assert not undisturbed
    caught = [tidy(short, seconds * dice.uniform(0.3, 0.9))[0] for _ in range(TIDYINGS)]
    assert any(caught), "tidying was never caught at work"
    assert sound(short, desk, seen) == before
    with Visitor(short) as visitor:
        visitor.wait_for(HOME)


@pytest.mark.timeout(400)
def test_panic_around_keep(short: Path, desk: Path, full_round: bool) -> None:
    """P8, D5: panic before Keep keeps nothing, ever; panic at a random moment after it leaves a whole record or
    none.
    """
    dice, panics = random.Random(), PANICS[full_round]

    def after(terminal: Terminal) -> None:
        terminal.panic_while_keeping(dice.uniform(0, SAVE))

    def keeps(terminal: Terminal) -> None:
        terminal.keep()

    jobs: list[Job] = [Terminal.panic_before_keeping, after, after, after] * (panics // 4)
    jobs += [keeps] * TERMINALS  # the search below finds what was kept
    seen = work(short, jobs)
    numbers = sound(short, desk, seen)
    assert len(seen.never) == panics // 4
    assert len(numbers) >= TERMINALS
