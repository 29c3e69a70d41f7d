"""P1: nobody of the same user reads a sitting's memory, and no core of it is left."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.terminal.isolation.conftest import Try

PROBE = Path(__file__).with_name("probe.py")

READER = """
import os, sys
if os.getuid() == 0:
    os.setuid(65534)
os.close(os.open(f"/proc/{sys.argv[1]}/mem", os.O_RDONLY))
"""
"""Root may read everything, so reader and read both become somebody who is not root."""


@contextmanager
def waiting(walls: str) -> Iterator[subprocess.Popen[str]]:
    """A process behind `walls` that waits to be looked at."""
    order = json.dumps([walls, "wait", "60", [], [], []])
    command = [sys.executable, "-s", "-P", str(PROBE), order]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "waiting\n"
            yield process
        finally:
            process.kill()


def _can_read(pid: int) -> bool:
    command = [sys.executable, "-I", "-S", "-c", READER, str(pid)]
    return subprocess.run(command, stderr=subprocess.DEVNULL, timeout=30).returncode == 0


@pytest.mark.parametrize("walls", ["visitor", "clerk", "setup", "desk"])
def test_its_memory_is_hidden(walls: str) -> None:
    """J8: the memory of an open process is read by its neighbour; a jailed one's is not."""
    with waiting("none") as plain:
        assert _can_read(plain.pid), "an open process has to be readable, else this proves nothing"
    with waiting(walls) as jailed:
        assert not _can_read(jailed.pid)


def test_no_core_is_left(attempt: Try) -> None:
    """J7: one byte of core at most, for good; a limit of nought would be ignored where cores go to a pipe."""
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    most = 1 if hard == resource.RLIM_INFINITY else min(1, hard)
    assert attempt("visitor", "core_limit_is", most) == "done"
    assert attempt("visitor", "core_limit_is", most + 1) == "ERANGE", "the probe has to see the limit"
