"""The rehearsal app on a real pseudo-terminal, read the way a terminal reads it."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import select
import signal
import socket
import struct
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyte
import pytest

from tests.pace import patience
from tests.terminal.grammar import check
from tests.terminal.screen import Screen

REHEARSAL = Path(__file__).with_name("rehearsal.py")
TELL = b"\x14"
RESTART = b"\x12"
"""Empties the fields."""
PATIENCE = patience(60.0)
"""Seconds after which a test gives up; never a measure of anything."""


class Terminal:
    """One app and what its terminal saw."""

    def __init__(self, *arguments: str, size: tuple[int, int] = (80, 24), term: str = "xterm-256color") -> None:
        self.seen = b""
        self.size = size
        self.line: socket.socket | None = None
        self._master, slave = pty.openpty()
        told, tell = os.pipe()
        self._told = told
        self._lines = b""
        self.resize(*size)
        theirs = None
        if "--jailed" in arguments:
            self.line, theirs = socket.socketpair()
        command = [sys.executable, "-s", "-P", str(REHEARSAL), *arguments]
        environment = {"TERM": term, "COLORTERM": "truecolor", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"}
        self.pid = os.fork()
        if self.pid == 0:
            os.setsid()
            fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
            ends = {0: slave, 1: slave, 2: slave, 6: tell} | ({4: theirs.fileno()} if theirs else {})
            spare = {number: fcntl.fcntl(fd, fcntl.F_DUPFD, 20) for number, fd in ends.items()}
            for number, fd in spare.items():
                os.dup2(fd, number)
            os.closerange(7, 64)
            os.execve(command[0], command, environment)
        os.close(slave)
        os.close(tell)
        if theirs:
            theirs.close()

    def resize(self, columns: int, rows: int) -> None:
        """Make the terminal another size."""
        self.size = (columns, rows)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def send(self, keys: bytes) -> None:
        """Send bytes, reading what comes back meanwhile, so that neither side waits for the other."""
        view = memoryview(keys)
        end = time.monotonic() + PATIENCE
        while view and time.monotonic() < end:
            readable, writable, _ = select.select([self._master], [self._master], [], 1)
            if readable:
                self._read()
            if writable:
                view = view[os.write(self._master, view[:1024]) :]

    def _read(self) -> bool:
        try:
            data = os.read(self._master, 65536)
        except OSError:
            return False
        self.seen += data
        return bool(data)

    def until(self, true: Callable[[], object]) -> None:
        """Read until `true`; fail after `PATIENCE` seconds."""
        end = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < end, f"never came: {self.shown()}"
            if select.select([self._master], [], [], 0.02)[0] and not self._read():
                assert true(), "the app ended"

    def rest(self, seconds: float) -> None:
        """Read for so long."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if select.select([self._master], [], [], left)[0] and not self._read():
                break

    def tell(self) -> dict[str, Any]:
        """Ask the app what its fields hold."""
        self.send(TELL)
        return self.told()

    def told(self) -> dict[str, Any]:
        """Wait for what the app tells next."""
        end = time.monotonic() + PATIENCE
        while b"\n" not in self._lines:
            assert time.monotonic() < end, f"no answer: {self.shown()}"
            readable = select.select([self._master, self._told], [], [], 0.5)[0]
            if self._master in readable:
                self._read()
            if self._told in readable:
                data = os.read(self._told, 65536)
                assert data, f"the app ended: {self.shown()}"
                self._lines += data
        line, _, self._lines = self._lines.partition(b"\n")
        told: dict[str, Any] = json.loads(line)
        return told

    def shown(self, stream: bytes | None = None) -> list[str]:
        """What stands on the glass."""
        screen = Screen(*self.size)
        pyte.ByteStream(screen).feed(self.seen if stream is None else stream)
        return screen.rows()

    def ended(self) -> int:
        """Read to the end; return the exit status, or minus the signal."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if select.select([self._master], [], [], 0.02)[0]:
                self._read()
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.pid = 0
                self.rest(0.1)
                return os.waitstatus_to_exitcode(status)
        raise AssertionError("it does not end")

    def alive(self) -> bool:
        """Whether the process is still there."""
        return self.pid != 0 and os.waitpid(self.pid, os.WNOHANG) == (0, 0)

    def vanish(self) -> None:
        """Take the terminal away."""
        os.close(self._master)
        self._master = -1

    def close(self) -> None:
        """End it, if it has not ended."""
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        for fd in (self._master, self._told):
            if fd >= 0:
                os.close(fd)
        if self.line:
            self.line.close()


@pytest.fixture(scope="module")
def one_app() -> Iterator[Terminal]:
    """One rehearsal that takes what several tests send; every byte it wrote passes the grammar."""
    terminal = Terminal()
    terminal.tell()
    yield terminal
    terminal.close()
    check(terminal.seen, cut=True)


@pytest.fixture
def long_lived(one_app: Terminal) -> Terminal:
    """The same with its fields empty; an app that ended in an earlier test fails this one, too."""
    one_app.send(RESTART)
    assert one_app.tell()["first"] == ""
    return one_app


@pytest.fixture
def start() -> Iterator[Callable[..., Terminal]]:
    """Start rehearsals, wait until each is painted, and end them all; every byte they wrote passes the grammar."""
    terminals: list[Terminal] = []

    def begin(*arguments: str, painted: bool = True, **named: Any) -> Terminal:
        terminal = Terminal(*arguments, **named)
        terminals.append(terminal)
        if painted and "--jailed" not in arguments:
            terminal.tell()
        return terminal

    yield begin
    for terminal in terminals:
        terminal.close()
    for terminal in terminals:
        check(terminal.seen, cut=True)
