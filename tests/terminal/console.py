"""A real kiosk on a real pseudo-terminal, looked at through a screen that knows its history."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import sqlite3
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kiosk.supervisor.guardian import NAME
from tests.terminal import proc
from tests.terminal.glass import PATIENCE, Glass
from tests.terminal.keyboard import click, encoded

UNTIL_QUIET = 1.0
"""Seconds without a key after which a kiosk that has just ended a visit takes keys again."""

LAST = b"\x1b[0;0m"
"""Written by a test itself, once the kiosk has ended: what is read before it is all there was."""


def environment(home: Path, **extra: str) -> dict[str, str]:
    """What a kiosk is started with."""
    return {
        "PATH": os.pathsep.join((str(Path(sys.executable).parent), "/usr/local/bin:/usr/bin:/bin")),
        "HOME": str(home.parent),
        "KIOSK_HOME": str(home),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        **extra,
    }


class Console(Glass):
    """One terminal with a kiosk on it."""

    def __init__(
        self,
        home: Path,
        *arguments: str,
        columns: int = 80,
        rows: int = 24,
        environ: Mapping[str, str] | None = None,
        program: Sequence[str] | None = None,
    ) -> None:
        self.home = home
        self._supervisor = 0
        super().__init__(columns, rows)
        self.master, self.slave = pty.openpty()
        self.set_size(columns, rows)
        self.modes = termios.tcgetattr(self.slave)
        """The terminal's modes as they were found."""
        self.process = subprocess.Popen(
            program or [sys.executable, "-m", "kiosk", *(arguments or ("run",))],
            stdin=self.slave,
            stdout=self.slave,
            stderr=self.slave,
            env=dict(environ or environment(home)),
            cwd=home.parent,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        master = self.master
        while self.master >= 0:
            try:
                ready, _, _ = select.select([master], [], [], 0.2)
                with self.came:
                    if ready and self.master >= 0:
                        self.log += os.read(master, 65536)
                        self.came.notify_all()
            except (OSError, ValueError):
                return

    def state(self) -> str:
        """Say whether the kiosk still runs."""
        return f"status {self.process.poll()}"

    def find(self, text: str) -> tuple[int, int]:
        """Return column and row, from 0, where `text` begins on the screen."""
        self.wait_for(text)
        return next((line.index(text), row) for row, line in enumerate(self.lines()) if text in line)

    def send(self, data: bytes) -> None:
        """Send bytes in one piece where the terminal takes them so."""
        view = memoryview(data)
        end = time.monotonic() + PATIENCE
        while view:
            assert time.monotonic() < end, "the terminal's input is stuck"
            if select.select([], [self.master], [], 1.0)[1]:
                view = view[os.write(self.master, view[:4096]) :]

    def taken(self) -> None:
        """Wait until the kiosk has read everything that was sent."""
        self.wait(lambda: not _unread(self.slave), "the kiosk's next read")

    def type(self, text: str) -> None:
        """Type letters."""
        self.send(text.encode())

    def press(self, *names: str, encoding: str = "legacy") -> None:
        """Press keys by name, each in a piece of its own."""
        for name in names:
            self.send(encoded(name, encoding))

    def click(self, column: int, row: int) -> None:
        """Press and release the mouse's left button, counted from 0."""
        self.send(click(column, row))

    def until_ended(self, *names: str) -> int:
        """Press keys until the kiosk ends: right after a leaving they may be dropped. Return its exit status."""
        end = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < end:
            self.press(*names)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(UNTIL_QUIET)
        return self.ended()

    def modes_now(self) -> list[Any]:
        """The terminal's modes."""
        return termios.tcgetattr(self.slave)

    def resize(self, columns: int, rows: int) -> None:
        """Make the terminal another size."""
        self.look()
        self.set_size(columns, rows)
        self.look_at(columns, rows)

    def set_size(self, columns: int, rows: int) -> None:
        """Tell the kiosk another size, whatever is looked at here."""
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    @property
    def pid(self) -> int:
        """The supervisor's process id, which stays; the process that was started is its guardian."""
        if not self._supervisor:
            self._supervisor = supervisor(self.process.pid)
        return self._supervisor or self.process.pid

    def sitting_pids(self) -> list[int]:
        """The sittings, whoever has the terminal first."""
        found = [pid for pid in proc.children(self.pid) if b"kiosk.sitting" in proc.command(pid)]
        return sorted(found, key=proc.started)

    def clerk_pids(self) -> list[int]:
        """The clerks."""
        return [pid for pid in proc.children(self.pid) if b"kiosk.vault.clerk" in proc.command(pid)]

    def files(self) -> dict[str, tuple[int, bytes]]:
        """Every file below the folder that the kiosk was started in, with its change time and what it holds."""
        found = [Path(folder, name) for folder, _, names in os.walk(self.home.parent) for name in names]
        return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in found}

    def kept(self) -> list[int]:
        """The numbers in the database."""
        with contextlib.closing(sqlite3.connect(f"file:{self.home}/summaries.db?mode=ro", uri=True)) as database:
            return [number for (number,) in database.execute("SELECT number FROM sealed_summary")]

    def live(self) -> int:
        """The process id of the sitting that has the terminal."""
        return int(self.wait(self.sitting_pids, "a sitting")[0])

    def gone(self, pid: int) -> None:
        """Wait until a process is no more."""
        self.wait(lambda: not proc.alive(pid), f"the end of {pid}: {proc.command(pid)!r}")

    def ended(self) -> int:
        """Wait for the kiosk to end; return its exit status."""
        self.wait(lambda: self.process.poll() is not None, "the end of the kiosk")
        # what is written to a terminal comes in order, and not at once
        if self.slave >= 0:
            os.write(self.slave, LAST)
            self.wait(lambda: self.log.endswith(LAST), "the last bytes")
        return int(self.process.returncode)

    def vanish(self) -> None:
        """Take the terminal away, as a cut link does."""
        master, self.master = self.master, -1
        self._reader.join()
        os.close(self.slave)
        os.close(master)
        self.slave = -1

    def close(self) -> None:
        """Leave nothing behind, and see that nothing reached the terminal that may not (H4)."""
        if self.process.poll() is None:
            below = proc.family(self.process.pid)
            self.process.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(PATIENCE / 3)
            self.process.kill()
            for pid in below:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        self.process.wait()
        if self.master >= 0:
            self.vanish()
        self.check_grammar()


def supervisor(started: int) -> int:
    """The supervisor below the process that was started; 0 where there is no guardian, or is none yet."""
    guardians = [pid for pid in (started, *proc.family(started)) if NAME.encode() in proc.command(pid)]
    return next((pid for each in guardians for pid in proc.children(each)), 0)


def _unread(terminal: int) -> int:
    """Bytes that wait to be read from a terminal."""
    return int(struct.unpack("i", fcntl.ioctl(terminal, termios.FIONREAD, bytes(4)))[0])
