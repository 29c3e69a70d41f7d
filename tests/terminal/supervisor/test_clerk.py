"""The clerk and the closing program: started when wanted, never killed, waited for no longer than promised."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from tests.terminal.supervisor.conftest import Start
from tests.terminal.supervisor.glass import F12, Glass
from tests.terminal.supervisor.processes import children

CLERK = """
import os, socket, sys, time
line = socket.socket(fileno=5)
with open(sys.argv[1], "w") as file:
    file.write(f"{os.getpid()} {sorted(map(int, os.listdir('/proc/self/fd')))[:4]} {os.getsid(0) == os.getpid()}")
line.recv(1)
time.sleep(float(sys.argv[2]))
with open(sys.argv[1] + ".done", "w") as file:
    file.write("kept")
"""


def program(code: str, *arguments: str) -> dict[str, object]:
    """A program for the settings."""
    return {"argv": [sys.executable, "-I", "-S", "-c", code, *arguments], "env": {}}


def with_clerk(start: Start, path: Path, seconds: float, **told: object) -> tuple[Glass, int]:
    """Start a kiosk whose visitor reached the review page; return it and the clerk's process id."""
    glass = start(clerk=program(CLERK, str(path), str(seconds)), **told)
    glass.sitting()
    glass.type(b"\x0b\x0b")
    text = glass.wait(lambda: path.exists() and path.read_text(), "the clerk")
    assert "[0, 1, 2, " in text
    assert text.endswith("True")
    return glass, int(text.split()[0])


def test_clerk_finishes_after_a_panic(start: Start, tmp_path: Path) -> None:
    """P8: panic never kills the clerk; it sees its line end, finishes, and is reaped by the new image."""
    path = tmp_path / "clerk"
    glass, clerk = with_clerk(start, path, 0.5)
    assert len([pid for pid in children(glass.pid) if pid == clerk]) == 1
    glass.until_event("standby-ready", 1)
    glass.type(F12)
    glass.until_event("fresh-image", 2)
    glass.wait(lambda: (tmp_path / "clerk.done").exists(), "the clerk's end")
    glass.wait(lambda: clerk not in children(glass.pid), "the reaping")


def test_program_waits_for_the_clerk(start: Start, tmp_path: Path) -> None:
    """P8: the program's end leaves the clerk time to finish."""
    glass, _ = with_clerk(start, tmp_path / "clerk", 0.7)
    os.kill(glass.pid, 15)
    assert glass.ended() == 0
    assert (tmp_path / "clerk.done").read_text() == "kept"


def test_slow_clerk_is_left_to_itself(start: Start, tmp_path: Path) -> None:
    """P8: a clerk that needs longer is not waited for, and not killed either."""
    glass, _ = with_clerk(start, tmp_path / "clerk", 4.0, after_leaving="end")
    glass.type(F12)
    assert glass.ended() == 0
    assert not (tmp_path / "clerk.done").exists()
    glass.wait(lambda: (tmp_path / "clerk.done").exists(), "the clerk's end")


def test_closing_program_runs_at_the_end(start: Start, tmp_path: Path) -> None:
    """What tidies up is started when the program ends, once, and outlives it."""
    path = tmp_path / "closing"
    code = "import sys, time; time.sleep(0.5); open(sys.argv[1], 'a').write('tidied')"
    glass = start(closing=program(code, str(path)))
    glass.sitting()
    os.kill(glass.pid, 15)
    assert glass.ended() == 0
    glass.wait(path.exists, "the closing program")
    time.sleep(0.2)
    assert path.read_text() == "tidied"
