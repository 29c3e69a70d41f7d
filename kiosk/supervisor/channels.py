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

    __slots__ = ("_closing", "_keeping", "heard", "ours", "theirs")

    ours: tuple[int, int, int]
    """Our ends: terminal, control line, clerk's line."""
    theirs: dict[int, int]
    """What becomes which of the sitting's descriptors."""
    heard: int
    """What its voice will read."""

    def __init__(self) -> None:
        self._closing = contextlib.ExitStack()
        self._keeping = contextlib.ExitStack()
        self.ours = (-1, -1, -1)
        self.theirs = {}
        self.heard = -1

    @classmethod
    def open(cls, snapshot: int, modes: Modes, size: tuple[int, int], news: int = -1) -> Lines:
        """Make all of them; the terminal of `size` with `modes`, made raw. `snapshot` and `news` are
        descriptors, -1 for none.

        Raises OSError where not all can be had, and leaves none open then.
        """
        lines = cls()
        try:
            lines._make(snapshot, news)
        except OSError:
            lines.close()
            raise
        slave = lines.theirs[0]
        with contextlib.suppress(termios.error):
            termios.tcsetattr(slave, termios.TCSANOW, raw(modes))
        set_size(slave, size)
        for descriptor in lines.ours:
            os.set_blocking(descriptor, False)
        return lines

    def _make(self, snapshot: int, news: int) -> None:
        master, slave = self._both(*os.openpty())
        control, its_control = self._both(*_pair(socket.SOCK_STREAM))
        clerk, its_clerk = self._both(*_pair(socket.SOCK_SEQPACKET))
        self.heard, spoken = self._both(*os.pipe2(os.O_CLOEXEC))
        if snapshot < 0:
            snapshot = os.open(os.devnull, os.O_RDONLY)
            self._closing.callback(os.close, snapshot)
        self.theirs = {0: slave, 1: slave, 2: slave, 3: snapshot, 4: its_control, 5: its_clerk, 6: spoken}
        if news >= 0:
            self.theirs[7] = news
        self.ours = (master, control, clerk)

    def _both(self, our: int, their: int) -> tuple[int, int]:
        """Remember to close both ends of a line."""
        self._keeping.callback(os.close, our)
        self._closing.callback(os.close, their)
        return our, their

    def keep(self) -> None:
        """From now on our ends, and `heard`, are somebody else's to close."""
        self._keeping.pop_all()

    def close(self) -> None:
        """Close the sitting's ends, and ours unless they are kept."""
        self._closing.close()
        self._keeping.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self.close()


def _pair(kind: socket.SocketKind) -> tuple[int, int]:
    """Two ends of a line, as descriptors."""
    one, other = socket.socketpair(socket.AF_UNIX, kind)
    return one.detach(), other.detach()


def set_size(terminal: int, size: tuple[int, int]) -> None:
    """Tell a pseudo-terminal its columns and rows. Raises OSError."""
    columns, rows = size
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
