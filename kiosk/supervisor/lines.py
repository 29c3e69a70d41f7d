"""What lies between the supervisor and a sitting: a pseudo-terminal, the control line, the clerk's and the voice's."""

from __future__ import annotations

import contextlib
import fcntl
import os
import socket
import struct
import termios

from kiosk.supervisor.terminal import raw

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from kiosk.supervisor.terminal import Modes


class Lines:
    """Both ends of every line. Used as a context it closes the sitting's ends, and ours unless they are kept."""

    __slots__ = ("_closing", "_ours", "heard", "theirs")

    theirs: dict[int, int]
    """What becomes which of the sitting's descriptors."""
    heard: int
    """What its voice will read."""

    def __init__(self) -> None:
        self._closing = contextlib.ExitStack()
        self._ours = (-1, -1, -1)
        self.theirs = {}
        self.heard = -1

    @classmethod
    def open(cls, snapshot: int, modes: Modes, size: tuple[int, int]) -> Lines:
        """Make all of them; the terminal of `size` with `modes`, made raw. `snapshot` is a descriptor, -1 for none."""
        lines = cls()
        close = lines._closing.callback
        master, slave = os.openpty()
        close(os.close, slave)
        control, its_control = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        close(its_control.close)
        clerk, its_clerk = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        close(its_clerk.close)
        lines.heard, spoken = os.pipe2(os.O_CLOEXEC)
        close(os.close, spoken)
        if snapshot < 0:
            snapshot = os.open(os.devnull, os.O_RDONLY)
            close(os.close, snapshot)
        with contextlib.suppress(termios.error):
            termios.tcsetattr(slave, termios.TCSANOW, raw(modes))
        set_size(slave, size)
        lines.theirs = {0: slave, 1: slave, 2: slave, 3: snapshot}
        lines.theirs |= {4: its_control.fileno(), 5: its_clerk.fileno(), 6: spoken}
        lines._ours = (master, control.detach(), clerk.detach())
        for descriptor in lines._ours:
            os.set_blocking(descriptor, False)
        return lines

    def keep(self) -> tuple[int, int, int]:
        """Our ends, ours to close from now on: terminal, control line, clerk's line; `heard` beside them."""
        kept, self._ours = self._ours, (-1, -1, -1)
        return kept

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self._closing.close()
        if self._ours[0] >= 0:
            for descriptor in (*self._ours, self.heard):
                os.close(descriptor)


def set_size(terminal: int, size: tuple[int, int]) -> None:
    """Tell a pseudo-terminal its columns and rows. Raises OSError."""
    columns, rows = size
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
