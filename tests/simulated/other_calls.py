"""The other names that the supervisor's modules call the machine by: `select`, `signal`, `termios` and the rest."""

from __future__ import annotations

import errno
import fcntl
import io
import select
import signal
import socket
import struct
import termios
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from tests.simulated.children import Child
from tests.simulated.glass import Glass
from tests.simulated.kernel import Alarm, Kernel, Line, Thing
from tests.simulated.os_calls import Far, Namespace, Os
from tests.simulated.world import World


class Poll:
    """`select.poll()`."""

    def __init__(self, kernel: Kernel, rests: Callable[[], None], returns: Callable[[], None]) -> None:
        self._kernel, self._rests, self._returns = kernel, rests, returns
        self._watched: dict[int, int] = {}

    def register(self, fd: int, mask: int = 1) -> None:
        self._kernel.get(fd)
        self._watched[fd] = mask

    def unregister(self, fd: int) -> None:
        del self._watched[fd]

    def poll(self, timeout: int | None = None) -> list[tuple[int, int]]:
        self._kernel.call()
        self._rests()
        ready = self._kernel.wait(list(self._watched.items()), timeout)
        self._returns()
        return ready


def _no_rest() -> None:
    """A wait in the middle of something."""


class Select(Namespace):
    """`select`; the loop's own is where the supervisor rests."""

    _real = select

    def __init__(
        self, world: World, rests: Callable[[], None] = _no_rest, returns: Callable[[], None] = _no_rest
    ) -> None:
        super().__init__(world)
        self._rests, self._returns = rests, returns

    def poll(self) -> Poll:
        return Poll(self.kernel, self._rests, self._returns)


class Signal(Namespace):
    """`signal`."""

    _real = signal

    def set_wakeup_fd(self, fd: int, *, warn_on_full_buffer: bool = True) -> int:
        far = self.kernel.get(fd)
        assert isinstance(far, Far)
        self.kernel.signals = far.line
        return -1

    def signal(self, number: int, act: object) -> None:
        pass

    def valid_signals(self) -> set[Any]:
        return signal.valid_signals()

    def pthread_sigmask(self, how: int, numbers: object) -> None:
        kernel = self.kernel
        kernel.blocked = how == signal.SIG_BLOCK
        if not kernel.blocked:
            pending, kernel.pending = kernel.pending, []
            for number in pending:
                kernel.signal(number)

    def pidfd_send_signal(self, fd: int, number: int) -> None:
        self.kernel.call()
        owner = self.kernel.get(fd).owner
        if owner is None or owner.reaped:
            raise ProcessLookupError(errno.ESRCH, "no such process")
        self.world.signalled(owner.pid, number)


class Termios(Namespace):
    """`termios`."""

    _real = termios

    def tcgetattr(self, fd: int) -> list[Any]:
        modes = self._glass(fd).modes
        return [*modes[:6], list(modes[6])]

    def tcsetattr(self, fd: int, when: int, modes: list[Any]) -> None:
        self.kernel.call()
        if isinstance(self.kernel.get(fd), Glass):
            self._glass(fd).modes = [*modes[:6], list(modes[6])]

    def tcflush(self, fd: int, queue: int) -> None:
        self.kernel.call()
        glass = self._glass(fd)
        if queue == termios.TCIFLUSH:
            glass.forget_typed()
        else:
            glass.forget_written()

    def tcflow(self, fd: int, action: int) -> None:
        self._glass(fd)

    def _glass(self, fd: int) -> Glass:
        glass = self.kernel.get(fd)
        assert isinstance(glass, Glass)
        if glass.hung:
            raise termios.error(errno.EIO, "hung up")
        return glass


class Fcntl(Namespace):
    """`fcntl`."""

    _real = fcntl

    def ioctl(self, fd: int, request: int, told: bytes) -> bytes:
        thing = self.kernel.get(fd)
        if isinstance(thing, Glass):
            if thing.hung:
                raise OSError(errno.EIO, "hung up")
            columns, rows = thing.size
            return struct.pack("HHHH", rows, columns, 0, 0)
        if isinstance(thing.owner, Child):
            thing.owner.resized()
        return told

    def fcntl(self, fd: int, command: int, told: bytes) -> bytes:
        self.kernel.call()
        if struct.unpack("hhqqi4x", told)[0] == fcntl.F_WRLCK:
            self.world.proved()
        return told


class Socket(Namespace):
    """`socket`."""

    _real = socket

    def socketpair(self, family: int, kind: int) -> tuple[Any, Any]:
        line = Line()
        ours = self.kernel.open(line)
        try:
            theirs = self.kernel.open(Far(line))
        except OSError:
            self.kernel.close(ours)
            raise
        return SimpleNamespace(detach=lambda: ours), SimpleNamespace(detach=lambda: theirs)


class Time(Namespace):
    """`time`."""

    _real = time

    def clock_gettime(self, clock: int) -> float:
        return self.world.kernel.now

    def monotonic(self) -> float:
        return self.clock_gettime(0)

    def sleep(self, seconds: float) -> None:
        self.kernel.now += seconds
        self.kernel.call()


class Library:
    """The C library's clock that wakes a machine that slept."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel

    def timerfd_create(self, clock: int, flags: int) -> int:
        try:
            return self._kernel.open(Alarm(self._kernel))
        except OSError:
            return -1

    def timerfd_settime(self, fd: int, flags: int, wanted: Any, former: None) -> None:
        alarm = self._kernel.get(fd)
        assert isinstance(alarm, Alarm)
        alarm.at = wanted[2] + wanted[3] / 1e9


class Wiped:
    """A sitting's memory: three descriptors, and whether it was zeroed."""

    def __init__(self, *descriptors: int) -> None:
        self.descriptors = descriptors

    def zero(self) -> bool:
        world = Wiped.world
        owner = world.kernel.get(self.descriptors[0]).owner
        assert owner is not None
        world.zeroed(owner)
        world.kernel.now += world.kernel.chance.uniform(0, 0.02)
        return True

    def close(self) -> None:
        for descriptor in self.descriptors:
            Wiped.world.kernel.close(descriptor)

    @classmethod
    def of(cls, pid: int) -> Wiped | None:
        kernel = cls.world.kernel
        opened: list[int] = []
        try:
            for _ in range(3):
                opened.append(kernel.open(Thing(cls.world.child(pid))))
        except OSError:
            for descriptor in opened:
                kernel.close(descriptor)
            return None
        return cls(*opened)

    world: World


class Written(io.BytesIO):
    """A file over a descriptor, for the state of one image."""

    def __init__(self, names: Os, fd: int) -> None:
        super().__init__()
        self._names, self._fd = names, fd

    def close(self) -> None:
        if not self.closed:
            self._names.write(self._fd, self.getvalue())
        super().close()


def file_over(names: Os) -> Callable[..., io.BytesIO]:
    def opened(what: int | str, mode: str, *, closefd: bool = True) -> io.BytesIO:
        if isinstance(what, str):
            raise FileNotFoundError(what)
        return Written(names, what)

    return opened
