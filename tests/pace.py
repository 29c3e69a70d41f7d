"""How fast this machine is, measured once in a session: every wait of the tests follows it, and every loop ends.

A wait is never a measure of anything. It only says when a test gives up, so on a slow machine it is longer.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Final

VARIABLE: Final = "PYTEST_PACE"
"""Hands what was measured to the processes that run tests; may be set by whoever knows better."""
REFERENCE: Final = 0.25
"""Seconds in which the machine that waits are written for imports Textual, with files already in memory."""
SLOWEST: Final = 8.0
"""A machine that seems slower is taken to be this slow: a test that hangs shall end on it, too."""


def measured() -> float:
    """How many times as long as on the reference machine things take here; at least 1."""
    command = [sys.executable, "-c", "import textual.app"]
    best = min(_seconds(command) for _ in range(3))
    return min(max(best / REFERENCE, 1.0), SLOWEST)


def _seconds(command: list[str]) -> float:
    begun = time.monotonic()
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return time.monotonic() - begun


def pace() -> float:
    """What was measured when the session began."""
    return float(os.environ.get(VARIABLE) or 1.0)


def begin() -> float:
    """Measure, unless somebody did already; every process that is started from here on knows it."""
    if VARIABLE not in os.environ:
        os.environ[VARIABLE] = f"{measured():.2f}"
    return pace()


def patience(seconds: float = 30.0) -> float:
    """Seconds after which a test gives up here, where the reference machine gives up after `seconds`."""
    return seconds * pace()


def tries(what: str, seconds: float = 30.0) -> Iterator[int]:
    """Count the rounds of a loop that tries something again; fails with `what` once it took too long.

    `for _ in tries("the county list"): ...` with a `break` is how a test repeats itself.
    """
    end = time.monotonic() + patience(seconds)
    count = 0
    while time.monotonic() < end:
        yield count
        count += 1
    raise AssertionError(f"tried {count} times, and it never came: {what}")
