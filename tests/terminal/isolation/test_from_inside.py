"""P11: from inside a sitting and a clerk, each started by the supervisor's own hand, everything is tried."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from kiosk.supervisor import processes
from tests.terminal.glass import PATIENCE
from tests.terminal.isolation import hand, page
from tests.terminal.isolation.attempts import World
from tests.terminal.isolation.world import made

CLERK_MAY = {name for name, (_, may) in page.written().items() if "clerk" in may}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with made(tmp_path) as there:
        yield there


def test_a_sitting_that_was_taken_over(world: World) -> None:
    """P11, P4, J3, J8: a process begun as a sitting is, on its terminal, with its lines: nothing works.

    It has the eight descriptors that docs/architecture.md names, and no other.
    """
    told = hand.sitting(world)
    assert {name for name, end in told["found"].items() if end == "done"} == set()
    assert {int(number): what for number, what in told["descriptors"].items()} == {
        **dict.fromkeys((0, 1, 2), "terminal"),
        3: "memory",
        **dict.fromkeys((4, 5), "socket"),
        6: "pipe",
        7: "memory",
    }


def test_a_clerk_that_was_taken_over(world: World) -> None:
    """P11, P4: a process begun as a clerk does what docs/isolation.md says that a clerk may, and nothing else of it.

    It has its line, and nothing at its other three descriptors.
    """
    ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    nowhere = os.open(os.devnull, os.O_RDWR)
    with ours, its:
        pid = processes.start(hand.program("clerk"), {0: nowhere, 1: nowhere, 2: nowhere, 5: its.fileno()})
        its.close()
        os.close(nowhere)
        ours.settimeout(PATIENCE)
        ours.send(json.dumps(asdict(world)).encode())
        said = b"".join(iter(lambda: ours.recv(65536), b""))
        os.waitpid(pid, 0)
    told = json.loads(said)
    assert {name for name, end in told["found"].items() if end == "done"} == CLERK_MAY - {"grow a file that was open"}
    assert told["descriptors"] == {"0": "device", "1": "device", "2": "device", "5": "socket"}
