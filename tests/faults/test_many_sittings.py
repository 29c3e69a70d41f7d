"""Sitting after sitting in one kiosk: nothing of what is gone stays with it (the soak does a thousand)."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import pytest

from tests.faults import files
from tests.faults.visitor import Visitor, gone
from tests.terminal import proc

SITTINGS = int(os.environ.get("KIOSK_SITTINGS", "15"))
"""How many in a row; the soak asks for more."""
GROWTH = 512 * 1024
"""Bytes that the supervisor's memory may grow by: each leaving makes a new image of it, no two quite alike."""


def descriptors(pid: int) -> int:
    """How many descriptors a process has; for others than root only the size of their table, in steps of 64."""
    try:
        return len(os.listdir(f"/proc/{pid}/fd"))
    except PermissionError:
        return int(Path(f"/proc/{pid}/status").read_text().partition("FDSize:")[2].split()[0])


UNREADY = 4
"""Descriptors by which a supervisor differs whose standby is not ready yet."""

Held = tuple[int, int, frozenset[Path]]


def held(pid: int, folder: Path) -> Held:
    """Descriptors and children of a supervisor, and every file there is."""
    return descriptors(pid), len(proc.family(pid)), frozenset(files.state(folder))


def alike(now: Held, first: Held) -> bool:
    """Whether there is no more than at first: one descriptor a sitting would be."""
    return now[0] <= first[0] + UNREADY and now[1:] == first[1:]


def no_more(pid: int, folder: Path, first: Held) -> bool:
    """Whether a supervisor holds no more than at first."""
    return alike(held(pid, folder), first)


@pytest.mark.timeout(60 + 10 * SITTINGS)
def test_nothing_piles_up_over_many_sittings(short: Path, tmp_path: Path) -> None:
    """I12, D7: from the third sitting to the last, one supervisor has as many descriptors and children, as much
    memory, and there are as many files.
    """
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    first, sizes, seen = (0, 0, frozenset[Path]()), [], set()
    with Visitor(short, extra={"TMPDIR": str(temporary), "HOME": str(temporary)}) as visitor:
        ours = visitor.supervisor
        for sitting in range(SITTINGS):
            pid, _ = visitor.live(), visitor.standby()
            assert pid not in seen
            seen.add(pid)
            if sitting == 2:
                first = held(ours, tmp_path)
            if sitting >= 2:
                visitor.wait(partial(no_more, ours, tmp_path, first), f"no more than {first}")
                sizes.append(proc.memory(ours))
            visitor.see_home()
            visitor.be_heard()
            visitor.leave()
            gone(visitor, pid)
        assert visitor.until_ended("ctrl+q") == 0
    assert len(seen) == SITTINGS and sizes[-1] - sizes[0] <= GROWTH, sizes
    assert not any(proc.alive(pid) for pid in seen)
