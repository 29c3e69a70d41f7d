"""The terminal at which a bench sits: a pseudo-terminal whose other end is measured."""

from __future__ import annotations

import contextlib
import fcntl
import os
import select
import signal
import struct
import termios
import time

ROWS, COLUMNS = 40, 120


class NeverCame(Exception):
    """What a trial needs before it can begin did not appear."""


class Glass:
    """The terminal's own end: hits keys, reads what is shown."""

    def __init__(self) -> None:
        self.master, self.slave = os.openpty()
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        os.set_blocking(self.master, False)

    def hand_over(self) -> None:
        """In a child: make this its terminal, on descriptors 0 to 2, and close the rest of ours."""
        os.setsid()
        fcntl.ioctl(self.slave, termios.TIOCSCTTY, 0)
        for descriptor in (0, 1, 2):
            os.dup2(self.slave, descriptor)

    def type(self, keys: bytes) -> None:
        """Hit these keys; few enough for a pseudo-terminal to take at once."""
        os.write(self.master, keys)

    def read(self) -> bytes:
        """What is there to read now; empty when nothing is, or when nobody holds the other end."""
        try:
            return os.read(self.master, 65536)
        except (BlockingIOError, OSError):
            return b""

    def waiting(self) -> int:
        """Bytes that have reached this side and were not read: no flush on the other side can call them back."""
        return int(struct.unpack("i", fcntl.ioctl(self.master, termios.FIONREAD, bytes(4)))[0])

    def until(self, text: bytes, seconds: float = 20.0) -> int:
        """Read until `text` came; return when that was (ns). Raises `NeverCame`."""
        end = time.monotonic() + seconds
        seen = b""
        while time.monotonic() < end:
            if select.select([self.master], [], [], 0.05)[0]:
                seen = seen[-500:] + self.read()
                if text in seen:
                    return time.perf_counter_ns()
        raise NeverCame(f"{text!r}; shown last: {seen[-500:]!r}")

    def settle(self, quiet: float = 0.05) -> int:
        """Read until nothing came for `quiet` seconds; return how much came."""
        count = 0
        while select.select([self.master], [], [], quiet)[0]:
            read = self.read()
            if not read:
                break
            count += len(read)
        return count

    def fill(self, most: float = 3.0) -> None:
        """Stop reading until what the other side writes has nowhere to go (no more arrives for 0.3 s)."""
        before, end, same = -1, time.monotonic() + most, 0
        while same < 6 and time.monotonic() < end:
            time.sleep(0.05)
            before, same = self.waiting(), same + 1 if self.waiting() == before else 0

    def close(self) -> None:
        """Take the terminal away."""
        for descriptor in (self.master, self.slave):
            with contextlib.suppress(OSError):
                os.close(descriptor)


def end(pid: int) -> None:
    """Kill child `pid` and whoever it started in its session, and wait for it."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, 0)
