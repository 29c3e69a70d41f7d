"""Somebody at a real pseudo-terminal with the supervisor and a toy sitting on it."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import re
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyte

from tests.pace import patience
from tests.terminal.screen import Screen
from tests.terminal.supervisor.processes import alive
from tests.terminal.supervisor.told import settings

ROOT = Path(__file__).parents[3]
MAIN = ROOT / "kiosk" / "supervisor" / "__main__.py"
PATIENCE = patience()
F12 = b"\x1b[24~"


class Glass:
    """Somebody at a terminal: sees what it shows, types, looks away, walks off."""

    def __init__(self, told: dict[str, Any], toy: str, program: list[str] | None, *, columns: int, rows: int) -> None:
        self.shown = bytearray()
        self._seen = threading.Condition()
        self._looking = threading.Event()
        self._looking.set()
        self.master, self.slave = os.openpty()
        modes = termios.tcgetattr(self.slave)
        modes[6][termios.VERASE], modes[6][termios.VINTR] = b"\x15", b"\x03"
        termios.tcsetattr(self.slave, termios.TCSANOW, modes)
        self.size(columns, rows)
        self.found = termios.tcgetattr(self.slave)
        self._events, events = os.pipe()
        os.set_blocking(self._events, False)
        self.happened: list[tuple[str, int]] = []
        memory = os.memfd_create("settings", 0)
        whole = settings(told, toy, events)
        os.write(memory, json.dumps(whole).encode())
        self.keeps_standby = bool(whole["standby"] and whole["after_leaving"] == "home")
        command = program or [sys.executable, "-I", "-S", str(MAIN)]
        self.process = subprocess.Popen(
            [*command, "--settings", str(memory)],
            stdin=self.slave,
            stdout=self.slave,
            stderr=self.slave,
            pass_fds=[memory, events, *whole["keep_fds"]],
            env={"LD_BIND_NOW": "1", "LANG": "C.UTF-8", "PATH": os.defpath},
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
            cwd="/",
        )
        os.close(memory)
        os.close(events)
        self._reader = threading.Thread(target=self._look, daemon=True)
        self._reader.start()

    def _look(self) -> None:
        os.set_blocking(self.master, False)
        while True:
            if not self._looking.is_set():
                self._looking.wait()
            try:
                read = os.read(self.master, 65536)
            except BlockingIOError:
                time.sleep(0.002)
                continue
            except OSError:
                return
            with self._seen:
                self.shown += read
                self._seen.notify_all()

    @property
    def pid(self) -> int:
        """The supervisor's process id, which stays."""
        return self.process.pid

    def size(self, columns: int, rows: int) -> None:
        """Make the terminal this big."""
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def type(self, keys: bytes) -> None:
        """Hit these keys; the supervisor takes them, whatever the sitting does."""
        end = time.monotonic() + PATIENCE
        while keys:
            assert time.monotonic() < end, "keys are not read any more"
            try:
                keys = keys[os.write(self.master, keys) :]
            except BlockingIOError:
                time.sleep(0.002)

    def look_away(self) -> None:
        """The terminal stops reading (a stuck link)."""
        self._looking.clear()
        time.sleep(0.05)

    def look_again(self) -> None:
        """It reads again."""
        self._looking.set()

    def vanish(self) -> None:
        """The terminal is gone."""
        self._looking.clear()
        time.sleep(0.05)
        os.close(self.slave)
        os.close(self.master)
        self.slave = self.master = -1
        self._looking.set()

    def wait(self, wanted: Callable[[], Any], what: str) -> Any:
        """Wait until `wanted` gives something, and return that."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            got = wanted()
            if got:
                return got
            with self._seen:
                self._seen.wait(0.01)
        raise AssertionError(f"never came: {what}; shown at the end: {bytes(self.shown[-600:])!r}; {self.happened}")

    def until(self, text: bytes, after: int = 0) -> int:
        """Wait until `text` was written after place `after`; return the place behind it."""
        place: int = self.wait(lambda: self.shown.find(text, after) + 1, repr(text))
        return place - 1 + len(text)

    def mark(self) -> int:
        """The place where the next output will stand."""
        return len(self.shown)

    def events(self, name: str) -> int:
        """How often `name` happened."""
        with contextlib.suppress(BlockingIOError):
            while read := os.read(self._events, 65536):
                for line in read.decode().splitlines():
                    word, _, at = line.partition(" ")
                    self.happened.append((word, int(at)))
        return sum(word == name for word, _ in self.happened)

    def until_event(self, name: str, count: int) -> None:
        """Wait until `name` happened `count` times."""
        self.wait(lambda: self.events(name) >= count, f"{name} {count} times")

    def sitting(self, after: int = 0) -> int:
        """Wait for a live page after place `after`; return that sitting's process id."""
        found: re.Match[bytes] = self.wait(
            lambda: re.search(rb"<live (\d+) \d+x\d+>.*?said=", self.shown[after:], re.DOTALL), "a live page"
        )
        return int(found[1])

    def screen(self, columns: int = 80, rows: int = 24) -> list[str]:
        """What an eye sees now."""
        screen = Screen(columns, rows)
        # pyte knows neither the kitty keyboard codes nor the alternate screen
        plain = re.sub(rb"\x1b\[[<=>][0-9;]*u|\x1b\[>[0-9;]*m", b"", bytes(self.shown))
        pyte.ByteStream(screen).feed(plain)
        return screen.rows()

    def ended(self) -> int:
        """Wait for the supervisor to end; return its exit status."""
        self.wait(lambda: self.process.poll() is not None, "the end")
        time.sleep(0.05)
        return int(self.process.returncode)

    def gone(self, pid: int) -> None:
        """Wait until process `pid` is no more (or a zombie of somebody else)."""
        self.wait(lambda: not alive(pid), f"the end of {pid}")

    def close(self) -> None:
        """Leave nothing behind."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self._looking.set()
        for descriptor in (self.master, self.slave, self._events):
            if descriptor >= 0:
                os.close(descriptor)
        self.master = self.slave = -1
