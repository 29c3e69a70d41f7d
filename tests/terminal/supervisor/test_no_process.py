"""No process more for this user: no clerk, no standby; panic as ever, and whoever stood by is served."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from tests.terminal.supervisor.conftest import Start
from tests.terminal.supervisor.glass import F12, MAIN, Glass
from tests.terminal.supervisor.processes import children
from tests.terminal.supervisor.test_panic import see_next, talk
from tests.terminal.supervisor.test_rush import UNTIL_QUIET

# the kernel sets the first user no limit of processes; any other one has still to read our code and open the terminal
ORDINARY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
ORDINARY += ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
BEFORE = ORDINARY if os.geteuid() == 0 else []
NOTHING = {"argv": [sys.executable, "-I", "-S", "-c", "import time; time.sleep(1000)"], "env": {}}


def _heard(glass: Glass, place: int) -> bool:
    """Whether a letter typed now shows; keys may still be dropped."""
    glass.type(b"a")
    time.sleep(UNTIL_QUIET)
    return b"said=a" in glass.shown[place:]


def allow(pid: int, most: int) -> None:
    """Let the user of a process have so many; only that user may say so."""
    subprocess.run([*BEFORE, "prlimit", f"--pid={pid}", f"--nproc={most}:"], check=True)


@pytest.mark.tool("setpriv", "prlimit")
def test_no_process_left_leaves_panic(start: Start) -> None:
    """C8, P2: fork fails at the clerk and the standby; panic works, and whoever stood by is served."""
    glass = start(program=[*BEFORE, sys.executable, "-I", "-S", str(MAIN)], clerk=NOTHING)
    first = talk(glass)
    glass.until_event("standby-ready", 1)
    allow(glass.pid, 1)
    place = glass.mark()
    glass.type(b"\x0b")
    glass.type(b"still")
    glass.until(b"still", place)
    place = glass.mark()
    glass.type(F12)
    second = see_next(glass, first, place)
    glass.wait(lambda: _heard(glass, place), "typing")
    assert children(glass.pid) == [second]
    allow(glass.pid, 4096)
    glass.until_event("standby-ready", 2)
    assert second in children(glass.pid) and len(children(glass.pid)) == 2
