"""Zeroing a process's memory from outside before it is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.supervisor.wipe import Memory

CODE = """
import os
word = os.read(0, 100)
kept = [word + b"%d" % count for count in range(20000)]
large = bytearray(word * 100000)
os.write(1, b"!")
os.read(0, 1)
"""


@pytest.fixture
def victim() -> Iterator[subprocess.Popen[bytes]]:
    """A process with many copies of a word, waiting."""
    with subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", CODE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
    ) as process:
        assert process.stdin and process.stdout
        process.stdin.write(b"qwxzjvkp")
        assert process.stdout.read(1) == b"!"
        yield process
        process.kill()


def copies(pid: int) -> int:
    """How often the word stands in the memory of process `pid`."""
    count = 0
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            bounds, rights, *_ = line.split()
            if rights.startswith("rw"):
                start, stop = (int(bound, 16) for bound in bounds.split("-"))
                memory.seek(start)
                count += memory.read(stop - start).count(b"qwxzjvkp")
    return count


def test_every_private_page_is_zeroed(victim: subprocess.Popen[bytes]) -> None:
    """After zeroing a stopped process nothing of its words is in its memory, while it still exists."""
    memory = Memory.of(victim.pid)
    assert memory
    assert copies(victim.pid) > 100000
    os.kill(victim.pid, signal.SIGSTOP)
    assert memory.zero(allowed=30.0)
    assert copies(victim.pid) == 0
    memory.close()


def test_no_time_no_wipe(victim: subprocess.Popen[bytes]) -> None:
    """The kill is not kept waiting: with no time left nothing more is written."""
    memory = Memory.of(victim.pid)
    assert memory
    os.kill(victim.pid, signal.SIGSTOP)
    assert not memory.zero(allowed=0.0)
    assert copies(victim.pid) > 100000
    memory.close()


def test_memory_of_a_process_that_ended(victim: subprocess.Popen[bytes]) -> None:
    """A process that is gone before it is wiped does no harm."""
    memory = Memory.of(victim.pid)
    assert memory
    victim.kill()
    victim.wait()
    assert memory.zero(allowed=1.0) in (True, False)
    memory.close()
    assert Memory.of(victim.pid) is None
