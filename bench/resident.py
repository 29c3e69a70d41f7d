"""How much memory the processes of a kiosk hold, by kind."""

from __future__ import annotations

import os
from pathlib import Path

from tests.faults.visitor import SITTING, SUPERVISOR, Visitor

SETTLED = 0.5
"""Seconds without a change after which memory is what it is."""
_PAGE = os.sysconf("SC_PAGE_SIZE")


def resident(pid: int) -> float:
    """Resident memory of a process in MiB; 0 for one that is gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE / (1 << 20)
    except OSError:
        return 0.0


def of_kiosk(visitor: Visitor) -> dict[str, float]:
    """MiB of the supervisor, of whoever has the terminal, and of whoever is next, once they have settled."""
    before: list[float] = []
    while True:
        sittings = visitor.of(SITTING)
        now = [resident(pid) for pid in (*visitor.of(SUPERVISOR)[:1], *sittings)]
        if len(now) == 3 and now == before:
            return dict(zip(("supervisor", "sitting", "standby"), now, strict=True))
        before = now
        visitor.wait_a_moment(SETTLED)


def table(rows: list[list[str]]) -> str:
    """Rows as a Markdown table, the first one its head."""
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])


def open_files(visitor: Visitor) -> dict[str, float]:
    """How many descriptors each of them holds."""
    pids = (*visitor.of(SUPERVISOR)[:1], *visitor.of(SITTING))
    return {
        f"{kind}'s descriptors": float(len(os.listdir(f"/proc/{pid}/fd")))
        for kind, pid in zip(("supervisor", "sitting", "standby"), pids, strict=True)
    }
