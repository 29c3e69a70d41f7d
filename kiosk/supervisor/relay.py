"""Bytes both ways between the terminal and the live sitting; neither end is ever waited for."""

from __future__ import annotations

from kiosk.supervisor.buffers import Buffer
from kiosk.supervisor.screen_grammar import bad_until, good_until, may_yet_be_good
from kiosk.supervisor.terminal import TerminalGone

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kiosk.supervisor.panic_key import Recogniser
    from kiosk.supervisor.terminal import Terminal

QUEUE = 1 << 20
"""Bytes that wait for a sitting that does not read; what comes beyond is dropped, never waited for."""

_AT_ONCE = 4096


class Inward:
    """From the terminal to the sitting. Always read, so that the panic key is always seen."""

    __slots__ = ("_queue", "_read", "recogniser")

    def __init__(self, recogniser: Recogniser) -> None:
        self.recogniser = recogniser
        self._read = Buffer(_AT_ONCE)
        self._queue = Buffer(QUEUE)

    def read(self, terminal: Terminal, now: float) -> bool:
        """Read once; True when a panic key was in it. Raises `TerminalGone`."""
        try:
            count = self._read.read_from(terminal.fd)
        except BlockingIOError:
            self.recogniser.active = False
            return False
        except OSError:
            raise TerminalGone from None
        if count == 0:
            raise TerminalGone
        return self.recogniser.feed(self._read.room, count, now)

    def pass_on(self, master: int) -> None:
        """Give the sitting what was read, or keep it for later."""
        self.push(master)
        if not self._queue:
            self._write(self._read, master)
        if self._read:
            self._queue.take(self._read)

    def push(self, master: int) -> None:
        """Give the sitting what waits for it."""
        if self._queue:
            self._write(self._queue, master)

    @staticmethod
    def _write(buffer: Buffer, master: int) -> None:
        try:
            buffer.write_to(master, _AT_ONCE)
        except BlockingIOError:
            pass
        except OSError:
            buffer.clear()

    @property
    def waiting(self) -> bool:
        """Whether the sitting has still to take something."""
        return bool(self._queue)

    def swallow(self) -> None:
        """Zero what was just read; nobody gets it."""
        self._read.clear()

    def clear(self) -> None:
        """Zero everything and forget half-read keys."""
        self._read.clear()
        self._queue.clear()
        self.recogniser.forget()


class Outward:
    """From the sitting to the terminal: one piece in flight, and the sitting is not read until that is gone.

    Only what `screen_grammar` allows goes on. What is not whole at the end of a read waits for the next one.
    """

    __slots__ = ("_passed", "_piece")

    def __init__(self) -> None:
        self._piece = Buffer(65536)
        self._passed = 0

    @property
    def waiting(self) -> bool:
        """Whether the terminal has still to take something."""
        return self._passed > 0

    def pull(self, master: int, terminal: Terminal, *, muted: bool) -> bool:
        """Read once from the sitting and write it out; False when its terminal hung up. Raises `TerminalGone`."""
        try:
            count = self._piece.read_from(master)
        except BlockingIOError:
            return True
        except OSError:
            return False
        if muted:
            self.clear()
        else:
            self._sift()
            self.push(terminal)
        return count > 0

    def _sift(self) -> None:
        """Leave out what may not reach a terminal."""
        piece = self._piece
        good = piece.start
        while (good := good_until(piece.room, good, piece.end)) < piece.end:
            if may_yet_be_good(piece.room, good, piece.end):
                break
            piece.cut(good, bad_until(piece.room, good, piece.end))
        self._passed = good - piece.start

    def push(self, terminal: Terminal) -> None:
        """Write what waits, after any page that is owed. Raises `TerminalGone`."""
        if not self._passed or terminal.owed:
            return
        try:
            self._passed -= self._piece.write_to(terminal.fd, self._passed)
        except BlockingIOError:
            return
        except OSError:
            raise TerminalGone from None
        if not self._passed and self._piece.start:
            self._piece.close_up()

    def drain(self, master: int) -> None:
        """Drop everything the sitting has written so far."""
        try:
            while self._piece.read_from(master):
                self.clear()
        except OSError:
            self.clear()

    def clear(self) -> None:
        """Zero it."""
        self._piece.clear()
        self._passed = 0
