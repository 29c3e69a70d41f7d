"""The helper that reads aloud to one visitor: started when her sitting asks, killed with it."""

from __future__ import annotations

import contextlib
import os
import signal

from kiosk.supervisor import processes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kiosk.supervisor.settings import Program


class Voice:
    """The helper's end of the line from a sitting, and the helper."""

    __slots__ = ("line", "pid")

    line: int
    """What the helper will read; -1 once it has it."""
    pid: int
    """The helper, which is reaped only after the sitting's end, so that its number stays its own; 0 for none."""

    def __init__(self, line: int = -1, pid: int = 0) -> None:
        self.line, self.pid = line, pid

    def start(self, program: Program, snapshot: int) -> None:
        """Start the helper; a second wish changes nothing."""
        if self.line < 0 or snapshot < 0:
            return
        line, self.line = self.line, -1
        with contextlib.ExitStack() as closing, contextlib.suppress(OSError):
            closing.callback(os.close, line)
            nowhere = os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC)
            closing.callback(os.close, nowhere)
            os.set_blocking(line, True)
            self.pid = processes.start(program, {0: line, 1: nowhere, 2: nowhere, 3: snapshot})

    def silence(self) -> None:
        """Kill it with whatever it started."""
        if self.pid:
            with contextlib.suppress(OSError):
                os.killpg(self.pid, signal.SIGKILL)

    def close(self) -> None:
        """Close what is held of it."""
        if self.line >= 0:
            os.close(self.line)
