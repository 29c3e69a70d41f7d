"""A kernel that is made up: descriptors, a clock, signals and children, all of it decided by one seed.

The supervisor names `os`, `select`, `signal`, `termios`, `fcntl`, `socket` and `time` in its modules and nothing else
reaches the machine, so these names are the seam (`namespaces.py`): its code runs as it is written. Every call takes a
moment of the simulated clock, in which whatever is due happens, so a signal, a death or a key comes between any two.
"""

from __future__ import annotations

import errno
import heapq
import random
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.simulated.children import Child

IN, OUT, ERR, HUP = 1, 4, 8, 16
"""As `select.POLLIN` and the others are on Linux."""

CALL = 20e-6
"""Seconds that a call takes."""


class Ends(BaseException):
    """The image is over: no code of the supervisor runs on."""


class NewImage(Ends):
    """`execve` of the supervisor itself."""

    def __init__(self, state: int) -> None:
        super().__init__()
        self.state = state


class Exit(Ends):
    """`_exit`."""

    def __init__(self, status: int) -> None:
        super().__init__()
        self.status = status


class Broken(AssertionError):
    """An invariant does not hold."""


class Thing:
    """Something open. `held` counts the supervisor's descriptors of it."""

    name = "thing"

    def __init__(self, owner: Child | None = None) -> None:
        self.held = 0
        self.owner = owner

    def ready(self) -> int:
        """What poll says of it."""
        return 0

    def closed(self) -> None:
        """The supervisor's last descriptor of it is gone."""

    def read(self, most: int) -> bytes:
        """Raises OSError."""
        raise OSError(errno.EBADF, self.name)

    def write(self, data: bytes) -> int:
        """Raises OSError."""
        raise OSError(errno.EBADF, self.name)


class Memory(Thing):
    """A memfd."""

    name = "memory"

    def __init__(self) -> None:
        super().__init__()
        self.data = bytearray()


class Line(Thing):
    """Our end of a line to a child: two queues, and whether the other end is closed."""

    name = "line"

    def __init__(self, owner: Child | None = None, room: int = 4096) -> None:
        super().__init__(owner)
        self.room = room
        self.inbound, self.outbound = bytearray(), bytearray()
        self.theirs_closed = self.ours_closed = False

    def ready(self) -> int:
        return (IN if self.inbound or self.theirs_closed else 0) | (HUP if self.theirs_closed else OUT)

    def closed(self) -> None:
        self.ours_closed = True

    def read(self, most: int) -> bytes:
        if self.inbound:
            got = bytes(self.inbound[:most])
            del self.inbound[:most]
            return got
        if self.theirs_closed:
            return b""
        raise BlockingIOError(errno.EAGAIN, self.name)

    def write(self, data: bytes) -> int:
        if self.theirs_closed:
            raise BrokenPipeError(errno.EPIPE, self.name)
        room = self.room - len(self.outbound)
        if room <= 0:
            raise BlockingIOError(errno.EAGAIN, self.name)
        self.outbound += data[:room]
        return min(room, len(data))


class Master(Line):
    """Our end of a sitting's pseudo-terminal: once nobody has the other end, reading fails."""

    name = "master"

    def read(self, most: int) -> bytes:
        if not self.inbound and self.theirs_closed:
            raise OSError(errno.EIO, self.name)
        return super().read(most)

    def write(self, data: bytes) -> int:
        if self.theirs_closed:
            raise OSError(errno.EIO, self.name)
        return super().write(data)


class Handle(Thing):
    """A pidfd."""

    name = "pidfd"

    def ready(self) -> int:
        return IN if self.owner and self.owner.dead else 0


class Alarm(Thing):
    """A timerfd."""

    name = "alarm"

    def __init__(self, kernel: Kernel) -> None:
        super().__init__()
        self.kernel = kernel
        self.at = float("inf")
        kernel.alarms.append(self)

    def closed(self) -> None:
        self.kernel.alarms.remove(self)

    def ready(self) -> int:
        return IN if self.kernel.now >= self.at else 0

    def read(self, most: int) -> bytes:
        self.at = float("inf")
        return bytes(most)


class Kernel:
    """The clock, what is to happen, and who holds what. One a schedule."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.now = 1000.0
        self.order = 0
        self.due: list[tuple[float, int, Callable[[], None]]] = []
        self.things: dict[int, Thing] = {}
        self.next_fd = 1000
        self.alarms: list[Alarm] = []
        self.signals = Line()
        self.blocked = False
        self.pending: list[int] = []
        self.no_descriptors_until = 0.0
        self.busy = 0.0
        """How likely a call is put off by other programs."""

    def at(self, seconds: float, act: Callable[[], None]) -> None:
        """Have `act` happen in so many seconds."""
        self.order += 1
        heapq.heappush(self.due, (self.now + seconds, self.order, act))

    def happen(self) -> None:
        """Whatever is due happens."""
        due = self.due
        while due and due[0][0] <= self.now:
            heapq.heappop(due)[2]()

    def call(self) -> None:
        """A call takes its time, and sometimes others' time, too."""
        self.now += CALL
        if self.busy and self.chance.random() < self.busy:
            self.now += self.chance.expovariate(20.0)
        if self.due and self.due[0][0] <= self.now:
            self.happen()

    def open(self, thing: Thing) -> int:
        """A descriptor of `thing`. Raises OSError where there is none to be had just now."""
        if self.now < self.no_descriptors_until:
            raise OSError(errno.EMFILE, "no more descriptors")
        self.next_fd += 1
        self.things[self.next_fd] = thing
        thing.held += 1
        return self.next_fd

    def get(self, fd: int) -> Thing:
        """What a descriptor is of. A descriptor that is not open is a fault of the supervisor."""
        thing = self.things.get(fd)
        if thing is None:
            raise Broken(f"a descriptor is used that is not open: {fd}")
        return thing

    def close(self, fd: int) -> None:
        """Close one descriptor."""
        thing = self.get(fd)
        del self.things[fd]
        thing.held -= 1
        if not thing.held:
            thing.closed()

    def signal(self, number: int) -> None:
        """A signal for the supervisor: held back, or a byte on its own pipe."""
        if self.blocked:
            if number not in self.pending:
                self.pending.append(number)
        else:
            self.signals.inbound.append(number)

    def wait(self, watched: Sequence[tuple[int, int]], timeout: int | None) -> list[tuple[int, int]]:
        """`poll`: what is ready, or what happens until then. Waiting without an end is a fault of the supervisor."""
        if timeout is None or timeout < 0:
            raise Broken("the supervisor waits without an end")
        end = self.now + timeout / 1000
        while True:
            self.happen()
            ready = []
            for fd, mask in watched:
                found = self.get(fd).ready() & (mask | HUP | ERR)
                if found:
                    ready.append((fd, found))
            if ready or self.now >= end:
                return ready
            upcoming = min((alarm.at for alarm in self.alarms), default=end)
            upcoming = min(upcoming, end)
            if self.due:
                upcoming = min(upcoming, self.due[0][0])
            self.now = max(upcoming, self.now)
