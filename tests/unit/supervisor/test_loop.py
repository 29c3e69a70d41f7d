"""What the poll loop waits for."""

from __future__ import annotations

import os
import select
from types import SimpleNamespace
from typing import Any, cast

from kiosk.supervisor.loop import Loop

IN, OUT = select.POLLIN, select.POLLOUT


def test_the_next_sitting_gets_a_terminal_that_does_not_read() -> None:
    """P2: whoever has the terminal is not read while it takes nothing, also where it was the next a moment ago: a loop
    that went on waiting for its output would turn without an end (found by the simulator).
    """
    lines = [os.pipe() for _ in range(4)]
    glass, master, control, heard = (ours for ours, _ in lines)
    sitting = SimpleNamespace(master=master, control=control, pidfd=-1)
    stage = SimpleNamespace(
        terminal=SimpleNamespace(fd=glass, owed=b"the rest of a page"),
        outward=SimpleNamespace(waiting=False),
        inward=SimpleNamespace(waiting=False),
        live=None,
        standby=SimpleNamespace(sitting=sitting),
    )
    loop = Loop(cast(Any, stage), cast(Any, SimpleNamespace(fd=heard)))
    try:
        loop._watch()
        assert loop._watched[master] == IN and loop._watched[glass] == IN | OUT
        stage.live, stage.standby = sitting, None
        loop._watch()
        assert loop._watched[master] == 0 and loop._watched[control] == IN
        stage.terminal.owed = b""
        loop._watch()
        assert loop._watched[master] == IN and loop._watched[glass] == IN
    finally:
        loop._alarm.close()
        for end in (end for line in lines for end in line):
            os.close(end)
