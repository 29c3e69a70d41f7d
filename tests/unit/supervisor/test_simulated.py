"""The supervisor under a made-up kernel: clocks, signals, half reads, deaths and full terminals in any order.

`tests/simulated/` has the kernel, the sittings, and what has to hold. `make fuzz` runs 100,000 schedules.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from kiosk.supervisor import ending, handover, signals, supervising
from kiosk.supervisor.children import Sitting
from kiosk.supervisor.loop import Loop
from kiosk.supervisor.terminal import Terminal
from tests.simulated.schedules import Failed, machine, run, run_many

SCHEDULES = 2000
AT_ONCE = 500
PLANTED_TRIES = 600
"""Schedules in which a planted fault has to be found."""


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, SCHEDULES, AT_ONCE))
def test_every_schedule_keeps_the_promises(first: int) -> None:
    """P2, P3, P8: in each of 2,000 schedules; afterwards a sitting answers again, or the program has ended in order."""
    ends = run_many(first, AT_ONCE)
    assert ends["answered"] > AT_ONCE // 2
    assert ends["exit 0"] > 0 and ends["exit 4"] > 0


def test_a_seed_is_a_schedule() -> None:
    """The same seed is the same schedule, to the microsecond, so that what failed can be looked at."""
    told = []
    for _ in range(2):
        with machine() as (world, names):
            run(world, names, 7)
            told.append(list(world.script))
    assert told[0] == told[1] and len(told[0]) > 10


def _nothing(*_: object, **__: object) -> None:
    """Leave it out."""


def _in_both(patch: pytest.MonkeyPatch, modules: tuple[ModuleType, ...], name: str, instead: object) -> None:
    for module in modules:
        patch.setattr(module, name, instead)


def _kill_first(given: Any, end: Any) -> None:
    handover.bury(given)
    given.terminal.paint(given.home())
    really_end(given, end)


def _no_flush(terminal: Terminal, page: bytes) -> None:
    terminal.owed = page
    terminal.push()


def _kill_clerks(given: Any) -> None:
    for pid in given.state.leftover:
        handover.os.kill(pid, 9)  # type: ignore[attr-defined]
    really_bury(given)


def _deaf_while_full(loop: Any, ready: dict[int, int]) -> None:
    if not loop._stage.terminal.owed:
        really_terminal(loop, ready)


really_end, really_bury, really_terminal = handover.end_sitting, handover.bury, Loop._terminal

PLANTED: dict[str, tuple[Callable[[pytest.MonkeyPatch], None], str]] = {
    "the sitting is killed before the glass is painted": (
        lambda patch: patch.setattr(handover, "end_sitting", _kill_first),
        "P2: a sitting is stopped or killed before",
    ),
    "a full terminal keeps what it had not taken": (
        lambda patch: patch.setattr(Terminal, "paint", _no_flush),
        "P2: a page follows",
    ),
    "nothing is swallowed": (
        lambda patch: _in_both(patch, (handover, supervising), "SWALLOW", 0.0),
        "P2: .* in the rush",
    ),
    "the panic key waits for a full terminal": (
        lambda patch: patch.setattr(Loop, "_terminal", _deaf_while_full),
        "P2: what was typed waits",
    ),
    "silence ends nothing": (
        lambda patch: patch.setattr(Loop, "_end_of_silence", _nothing),
        "P3: silence|turns and turns",
    ),
    "the standby outlives the end": (lambda patch: patch.setattr(ending, "_bury_standby", _nothing), "P3: a sitting"),
    "modes are not given back": (
        lambda patch: patch.setattr(Terminal, "restore", _nothing),
        "P3: the terminal's modes",
    ),
    "signals come between two images": (lambda patch: patch.setattr(signals, "hold", _nothing), "a signal is lost"),
    "the clerk is killed with the sitting": (
        lambda patch: _in_both(patch, (handover, ending), "bury", _kill_clerks),
        "P8: the clerk",
    ),
    "lines are never closed": (lambda patch: patch.setattr(Sitting, "close", _nothing), "still held"),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_found(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The simulator finds each, and says by which seed and schedule."""
    plant, message = PLANTED[fault]
    plant(monkeypatch)
    with pytest.raises(Failed, match=r"seed \d+: ") as found:
        run_many(0, PLANTED_TRIES)
    assert re.search(message, str(found.value).splitlines()[0]), str(found.value)
    assert "has the terminal" in str(found.value)
