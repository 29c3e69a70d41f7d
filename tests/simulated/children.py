"""Sittings and clerks that are made up: well ones, slow ones, dead ones, and ones that do whatever they like."""

from __future__ import annotations

import random
from collections import deque
from signal import SIGCHLD, SIGCONT, SIGKILL, SIGSTOP
from typing import TYPE_CHECKING

from tests.simulated.glass import KEY
from tests.simulated.kernel import Kernel, Line, Master, Thing

if TYPE_CHECKING:
    from tests.simulated.world import World

FIRST_PID = 1 << 23
"""Beyond what Linux gives (PID_MAX_LIMIT is 2^22): no real process is ever meant."""

FRAME = b"\x1b[?1049h\x1b[?25l\x1b[2J\x1b[H\x1b[1mhome\x1b[0m"
EVIL = (b"\x1b]0;title\x07", b"\x1b[2h", b"\x1bP1$r", b"\x1b[?1051h", b"\xff\xfe", b"\x9b24~")

KINDS = ("well", "slow", "stillborn", "silent", "mortal", "stops", "liar", "deaf", "floods")
WEIGHTS = (60, 6, 6, 3, 6, 4, 6, 4, 5)


class Process:
    """Whatever the supervisor started."""

    def __init__(self, world: World, pid: int) -> None:
        self.world, self.pid = world, pid
        self.kernel: Kernel = world.kernel
        self.chance: random.Random = world.kernel.chance
        self.dead = self.reaped = self.killed = self.stopped = False

    def hear(self, number: int) -> None:
        """A signal of the supervisor's."""
        if number == SIGSTOP:
            self.stopped = True
        elif number == SIGCONT:
            self.stopped = False
        elif number == SIGKILL and not self.killed:
            self.killed = True
            in_the_kernels_grip = self.chance.random() < 0.02
            self.kernel.at(self.chance.uniform(0, 5 if in_the_kernels_grip else 0.003), self.die)

    def die(self) -> None:
        """It is gone, but for its exit status."""
        if not self.dead:
            self.dead = True
            self.closes()
            self.kernel.signal(SIGCHLD)

    def closes(self) -> None:
        """What the kernel closes then."""


class Child(Process):
    """A sitting."""

    def __init__(self, world: World, pid: int, kind: str, ends: tuple[Master, Line, Line]) -> None:
        super().__init__(world, pid)
        self.kind = kind
        self.master, self.control, self.clerk = ends
        for end in ends:
            end.owner = self
        self.memory = Thing(self)
        self.handle = Thing(self)
        self.tag = b"w%06d" % (pid - FIRST_PID)
        self.to_do: deque[tuple[Line, bytes]] = deque()
        self.awake = False
        self.said = False
        """Whether a key of a visitor's came to it: words of hers may be on its page."""
        self.given_at = float("-inf")
        self.paused = self.clerk_asked = False
        begins = {"slow": self.chance.uniform(2, 45), "stillborn": self.chance.uniform(0, 0.2)}.get(kind, 0.05)
        if kind == "stillborn":
            self.kernel.at(begins, self.die)
        elif kind == "mortal":
            self.kernel.at(self.chance.uniform(0, 20), self.die)
        elif kind == "stops":
            self.kernel.at(self.chance.uniform(0, 5), lambda: self.hear(SIGSTOP))
        elif kind == "liar":
            for _ in range(6):
                self.kernel.at(self.chance.uniform(0, 20), self.lie)
        if kind not in ("stillborn", "silent"):
            self.kernel.at(begins, lambda: self.say(b"h"))

    def closes(self) -> None:
        for line in (self.master, self.control, self.clerk):
            line.theirs_closed = True
        self.world.woken(self.clerk)

    def lie(self) -> None:
        """A sitting that was taken over."""
        if self.chance.random() < 0.5:
            self.say(bytes((self.chance.choice(b"hpBPKDAZzLQXE?\x00"),)))
        else:
            self.show(self.chance.choice(EVIL))

    def say(self, message: bytes) -> None:
        """A message on the control line, in its turn."""
        self.paused |= message == b"Z"
        self.to_do.append((self.control, message))
        self.wake()

    def show(self, page: bytes) -> None:
        """Bytes for its terminal, in their turn."""
        self.to_do.append((self.master, page))
        self.wake()

    def wake(self) -> None:
        """It runs in a moment."""
        if not self.awake:
            self.awake = True
            self.kernel.at(self.chance.uniform(0.0001, 0.004), self.step)

    def step(self) -> None:
        """It runs."""
        self.awake = False
        if self.dead or self.stopped:
            return
        for message in self._take(self.control):
            self._heed(message)
        if self.kind != "deaf" and self.master.outbound:
            self._typed(self._take(self.master))
        while self.to_do:
            line, data = self.to_do.popleft()
            room = line.room - len(line.inbound)
            line.inbound += data[:room]
            if len(data) > room:
                self.to_do.appendleft((line, data[room:]))
                return  # woken again when it was read

    @staticmethod
    def _take(line: Line) -> bytes:
        got = bytes(line.outbound)
        line.outbound.clear()
        return got

    def _heed(self, message: int) -> None:
        if message == ord("g"):
            self.show(FRAME)
            self.say(b"p")
        elif message == ord("r"):
            self.say(b"B")
        elif message == ord("b"):
            self.show(FRAME + (self.tag if self.said else b""))
            self.say(b"P")

    def _typed(self, typed: bytes) -> None:
        for key in KEY.findall(typed):
            self.said = True
            if not self.clerk_asked:
                self.clerk_asked = True
                self.say(b"K")
            if key.startswith(b"K"):
                self.clerk.inbound += key
                self.world.woken(self.clerk)
            elif key.startswith(b"L"):
                self.say(b"L")
            self.show(b"\x1b[3;1H" + self.tag + b" " + key)
            if self.kind == "floods":
                self.show((self.tag + b" ") * 1500)

    def resized(self) -> None:
        """SIGWINCH: it paints."""
        self.show(FRAME + (self.tag if self.said else b""))


class Clerk(Process):
    """Keeps what comes on its line; ends with the line."""

    def __init__(self, world: World, pid: int, line: Line) -> None:
        super().__init__(world, pid)
        self.line = line
        self.kept: list[bytes] = []
        self.woken()

    def woken(self) -> None:
        """Something came, or the line ended."""
        self.kernel.at(self.chance.uniform(0.0005, 0.05), self._run)

    def _run(self) -> None:
        if self.dead or self.stopped:
            return
        for key in KEY.findall(bytes(self.line.inbound)):
            self.kept.append(key)
            self.world.committed(self, key)
        self.line.inbound.clear()
        if self.line.theirs_closed:
            self.kernel.at(self.chance.choice((0.001, 0.5, 1.5, 4.0)), self.die)
