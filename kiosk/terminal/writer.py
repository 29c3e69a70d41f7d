"""The thread that writes to the terminal, so that a terminal that does not read holds up nobody else."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable
from typing import Final

from kiosk.terminal.process import die

BACKLOG: Final = 1 << 20
"""Bytes that may wait for a slow terminal; what comes on top is dropped, and a whole frame follows later."""


class Writer:
    """Writes to one descriptor in its own thread. Nothing here ever blocks the caller."""

    def __init__(self, fd: int, dropped: Callable[[], None]) -> None:
        self._fd = fd
        self._dropped = dropped
        self._queue: deque[tuple[bytes, Callable[[], object] | None]] = deque()
        self._waiting = 0
        self._overflow = False
        self._ended = False
        self._change = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def write(self, text: str, then: Callable[[], object] | None = None) -> None:
        """Have `text` written in its turn; `then` is called in the writer's thread once the terminal has it all."""
        data = text.encode("utf-8", "replace")
        with self._change:
            if self._waiting + len(data) > BACKLOG and self._waiting and then is None:
                self._overflow = True
                return
            self._queue.append((data, then))
            self._waiting += len(data)
            self._change.notify()

    def stop(self, seconds: float = 0.5) -> None:
        """Wait at most so long for what is queued, then let the thread go."""
        with self._change:
            self._ended = True
            self._change.notify()
        self._thread.join(seconds)

    def _next(self) -> tuple[bytes, Callable[[], object] | None] | None:
        with self._change:
            while not self._queue:
                if self._ended:
                    return None
                self._change.wait()
            return self._queue.popleft()

    def _run(self) -> None:
        while (piece := self._next()) is not None:
            data, then = piece
            self._write(data)
            if then is not None:
                then()
            with self._change:
                self._waiting -= len(data)
                caught_up = self._overflow and not self._queue
                if caught_up:
                    self._overflow = False
            if caught_up:
                self._dropped()

    def _write(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            try:
                view = view[os.write(self._fd, view) :]
            except InterruptedError:
                continue
            except OSError:
                die()
