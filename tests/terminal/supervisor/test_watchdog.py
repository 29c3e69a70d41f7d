"""S22: whoever watches a service hears of a supervisor that turns, and nothing of one that is stopped."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal.supervisor.conftest import Start
from tests.terminal.supervisor.glass import F12
from tests.terminal.supervisor.test_panic import talk

ALLOWED = 3.0
"""Seconds of silence after which the units have the kiosk killed."""
WORD = b"READY=1\nWATCHDOG=1"


@pytest.fixture(params=["file", "abstract"])
def manager(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[socket.socket, str]]:
    """A service manager that listens, and where."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        named = request.param == "file"
        address = str(tmp_path / "notify") if named else f"@kiosk-test-{os.getpid()}"
        line.bind(address if named else "\0" + address[1:])
        line.settimeout(ALLOWED)
        yield line, address


def test_it_hears_of_one_that_turns(start: Start, manager: tuple[socket.socket, str]) -> None:
    """It says so before anybody has typed, from one image to the next, and never falls silent for as long as that."""
    line, address = manager
    glass = start(watchdog=address)
    talk(glass)
    assert line.recv(100) == WORD
    glass.type(F12)
    for _ in range(4):
        assert line.recv(100) == WORD
    assert glass.events("fresh-image") == 2


def test_it_hears_nothing_of_one_that_is_stopped(start: Start, manager: tuple[socket.socket, str]) -> None:
    """A stopped supervisor says nothing, and goes on saying it when it is continued."""
    line, address = manager
    glass = start(watchdog=address)
    glass.sitting()
    os.kill(glass.pid, signal.SIGSTOP)
    line.settimeout(0.2)
    with pytest.raises(TimeoutError):
        for _ in range(10):
            assert line.recv(100) == WORD
    line.settimeout(ALLOWED)
    with pytest.raises(TimeoutError):
        line.recv(100)
    os.kill(glass.pid, signal.SIGCONT)
    assert line.recv(100) == WORD


def test_nobody_listens(start: Start) -> None:
    """A manager that is gone holds nobody up."""
    glass = start(watchdog="/nonexistent/notify")
    talk(glass)
    assert glass.process.poll() is None
