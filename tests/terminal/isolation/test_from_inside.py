"""P11: from inside a sitting and a clerk, each started by the supervisor's own hand, everything is tried."""

from __future__ import annotations

import json
import os
import pty
import socket
import sys
import termios
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from kiosk import launch
from kiosk.environment import for_sitting
from kiosk.supervisor import processes
from kiosk.supervisor.children import Sitting
from kiosk.supervisor.settings import Program
from tests.terminal.glass import PATIENCE
from tests.terminal.isolation import page
from tests.terminal.isolation.attempts import World
from tests.terminal.isolation.world import made

INSIDE = Path(__file__).with_name("inside.py")
ROOT = str(Path(__file__).parents[3])
CLERK_MAY = {name for name, (_, may) in page.written().items() if "clerk" in may}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with made(tmp_path) as there:
        yield there


def program(who: str) -> Program:
    """The kiosk's own interpreter, told where the tests lie."""
    command = [sys.executable, "-s", str(INSIDE), who]
    return Program({"argv": command, "env": for_sitting({"TERM": "xterm"}) | {"PYTHONPATH": ROOT}})


def test_a_sitting_that_was_taken_over(world: World) -> None:
    """P11, P4, J3, J8: a process begun as a sitting is, on its terminal, with its lines: nothing works.

    It has the seven descriptors that docs/isolation.md names, and no other.
    """
    master, slave = pty.openpty()
    modes = termios.tcgetattr(slave)
    snapshot = launch.memory("snapshot", json.dumps(asdict(world)).encode())
    sitting = Sitting.start(program("sitting"), snapshot, modes, (80, 24), time.monotonic())
    try:
        sitting.greet()
        told = _answer(sitting.master)
    finally:
        sitting.kill(wipe=False)
        while not sitting.reap():
            pass
        sitting.close()
        for each in (master, slave, snapshot):
            os.close(each)
    assert {name for name, end in told["found"].items() if end == "done"} == set()
    assert {int(number): what for number, what in told["descriptors"].items()} == {
        **dict.fromkeys((0, 1, 2), "terminal"),
        3: "memory",
        **dict.fromkeys((4, 5), "socket"),
        6: "pipe",
    }


def _answer(master: int) -> dict[str, Any]:
    """What was written on a terminal, to the end of its line."""
    said, end = b"", time.monotonic() + PATIENCE
    while not said.endswith(b"\n"):
        assert time.monotonic() < end, said
        try:
            said += os.read(master, 65536)
        except BlockingIOError:
            time.sleep(0.01)
    found: dict[str, Any] = json.loads(said)
    return found


def test_a_clerk_that_was_taken_over(world: World) -> None:
    """P11, P4: a process begun as a clerk does what docs/isolation.md says that a clerk may, and nothing else of it.

    It has its line, and nothing at its other three descriptors.
    """
    ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    nowhere = os.open(os.devnull, os.O_RDWR)
    with ours, its:
        pid = processes.start(program("clerk"), {0: nowhere, 1: nowhere, 2: nowhere, 5: its.fileno()})
        its.close()
        os.close(nowhere)
        ours.settimeout(PATIENCE)
        ours.send(json.dumps(asdict(world)).encode())
        said = b"".join(iter(lambda: ours.recv(65536), b""))
        os.waitpid(pid, 0)
    told = json.loads(said)
    assert {name for name, end in told["found"].items() if end == "done"} == CLERK_MAY - {"grow a file that was open"}
    assert told["descriptors"] == {"0": "device", "1": "device", "2": "device", "5": "socket"}
