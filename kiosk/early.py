"""The first sitting, started while everything is still being checked: its Python begins meanwhile.

It is told to go on only when every check has passed. When one fails, it dies as it was born: without a visitor.
"""

from __future__ import annotations

import os
import select
import termios
from typing import TYPE_CHECKING, Any

from kiosk.launch import MAX_COLUMNS, MAX_ROWS, Program, SealedMemory
from kiosk.supervisor import clock, settings
from kiosk.supervisor.children import Sitting
from kiosk.supervisor.terminal import Terminal

if TYPE_CHECKING:
    from types import TracebackType

_PATIENCE = 200
"""Milliseconds that its hello is waited for, once all is checked; after that the supervisor waits for it."""


class EarlySitting:
    """A sitting that has no supervisor yet. Used as a context: it ends with it, unless this process became another."""

    def __init__(self, program: Program) -> None:
        self._snapshot = SealedMemory("snapshot")
        modes = termios.tcgetattr(0)
        self._sitting = Sitting.start(
            settings.Program({"argv": program.argv, "env": program.env}),
            self._snapshot.fd,
            modes,
            Terminal(0, modes).size(MAX_COLUMNS, MAX_ROWS),
            clock.now(),
        )

    def __enter__(self) -> EarlySitting:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self._sitting.kill(wipe=False)
        self._sitting.reap()

    def go(self, snapshot: bytes) -> int:
        """Give it what it has to know, for good, and let it go on. Returns the snapshot's descriptor."""
        self._snapshot.fill(snapshot)
        watch = select.poll()
        watch.register(self._sitting.control, select.POLLIN)
        if watch.poll(_PATIENCE) and self._sitting.hear() == b"h":
            self._sitting.greet()
        return self._snapshot.fd

    def hand_on(self) -> dict[str, Any]:
        """What the supervisor is told of it. Its descriptors live through `execve` from now on."""
        for descriptor in self._sitting.descriptors:
            os.set_inheritable(descriptor, True)
        return self._sitting.to_json()
