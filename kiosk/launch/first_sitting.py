"""The first sitting, started before anything is checked: its Python begins meanwhile.

It is told to go on only when every check has passed. When one fails it dies as it was born: without a visitor.
What this module imports is on the way to the first page, so it is little.
"""

from __future__ import annotations

import os
import select
import sys
import termios

from kiosk.launch.environment import for_sitting
from kiosk.launch.sealed_memory import SealedMemory
from kiosk.supervisor import clock
from kiosk.supervisor.children import Sitting
from kiosk.supervisor.settings import Program
from kiosk.supervisor.terminal import MAX_COLUMNS, MAX_ROWS, Terminal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType
    from typing import Any

PATIENCE = 200
"""Milliseconds that its hello is waited for, once all is checked; after that the supervisor waits for it."""

SITTING = (sys.executable, "-s", "-P", "-m", "kiosk.sitting")
"""The command that serves a visitor, with nothing of this user or this folder on its path."""


def start() -> FirstSitting | None:
    """Start one; `None` where there is no terminal or no process to be had, which is for others to say."""
    try:
        return FirstSitting()
    except (OSError, termios.error):
        return None


class FirstSitting:
    """A sitting that has no supervisor yet. Used as a context: it ends with it, unless this process became another."""

    def __init__(self) -> None:
        modes = termios.tcgetattr(0)
        self._snapshot = SealedMemory("snapshot")
        self._news = SealedMemory("news")
        self._sitting = Sitting.start(
            Program({"argv": SITTING, "env": for_sitting(dict(os.environ))}),
            self._snapshot.fd,
            modes,
            Terminal(0, modes).size(MAX_COLUMNS, MAX_ROWS),
            clock.now(),
            self._news.fd,
        )

    def __enter__(self) -> FirstSitting:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self._sitting.kill(wipe=False)
        self._sitting.reap()
        self._sitting.close()

    def go(self, snapshot: bytes, news: str | None) -> int:
        """Give it what it has to know, for good, and let it go on. Returns the snapshot's descriptor.

        `news` is the path of the station's editions; the supervisor opens it for each later sitting.
        """
        self._snapshot.fill(snapshot)
        self._news.fill(_file(news) if news else b"")
        os.close(self._news.fd)
        watch = select.poll()
        watch.register(self._sitting.control, select.POLLIN)
        if watch.poll(PATIENCE) and self._sitting.hear() == b"h":
            self._sitting.greet()
        return self._snapshot.fd

    def hand_on(self) -> dict[str, Any]:
        """What the supervisor is told of it. Its descriptors live through `execve` from now on."""
        for descriptor in self._sitting.descriptors:
            os.set_inheritable(descriptor, True)
        return self._sitting.to_json()


def _file(path: str) -> bytes:
    """All of a file, nothing where there is none."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""
