"""`os`, as the supervisor calls it, made to mean the made-up kernel; constants are Linux's."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from types import ModuleType, SimpleNamespace
from typing import Any

from tests.simulated.children import Child
from tests.simulated.glass import Glass
from tests.simulated.kernel import Exit, Handle, Kernel, Line, Master, Memory, NewImage, Thing
from tests.simulated.world import World


class Namespace:
    """Constants of a real module; of functions only what a subclass has; another is a fault of the simulator."""

    _real: ModuleType

    def __init__(self, world: World) -> None:
        self.world = world

    @property
    def kernel(self) -> Kernel:
        """The kernel of the schedule that runs."""
        return self.world.kernel

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._real, name)
        if callable(found) and not isinstance(found, type):
            raise AttributeError(f"{self._real.__name__}.{name} is not simulated")
        setattr(type(self), name, found)  # looked up once
        return found


class Far(Thing):
    """The sitting's end of a line, as long as the supervisor holds it."""

    def __init__(self, line: Line) -> None:
        super().__init__()
        self.line = line


class Os(Namespace):
    """`os`."""

    _real = os
    path = os.path
    environ: Mapping[str, str] = {}

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.inheritable: set[int] = set()

    def open(self, path: str, flags: int) -> int:
        self.kernel.call()
        return self.kernel.open(self.world.glass if path == "/dev/pts/made-up" else Thing())

    def ttyname(self, fd: int) -> str:
        return "/dev/pts/made-up"

    def close(self, fd: int) -> None:
        self.kernel.call()
        self.kernel.close(fd)

    def read(self, fd: int, most: int) -> bytes:
        self.kernel.call()
        thing = self.kernel.get(fd)
        got = thing.read(most)
        if thing is self.kernel.signals:
            self.world.heard(got)
        return got

    def readv(self, fd: int, rooms: list[memoryview]) -> int:
        self.kernel.call()
        thing = self.kernel.get(fd)
        got = thing.read(len(rooms[0]))
        rooms[0][: len(got)] = got
        if isinstance(thing, Glass):
            self.world.read(got)
        elif isinstance(thing.owner, Child) and thing.owner.to_do:
            thing.owner.wake()
        return len(got)

    def write(self, fd: int, data: bytes | memoryview) -> int:
        self.kernel.call()
        if fd == self.world.guard_fd:
            self.world.told = int(bytes(data))
            return len(data)
        thing = self.kernel.get(fd)
        if isinstance(thing, Memory):
            thing.data += data
            return len(data)
        data = bytes(data)
        if isinstance(thing, Master):
            self.world.passed_on(thing, data)
        count = thing.write(data)
        if isinstance(thing.owner, Child):
            thing.owner.wake()
        return count

    def pwrite(self, fd: int, data: memoryview, place: int) -> int:
        memory = self.kernel.get(fd)
        assert isinstance(memory, Memory)
        memory.data[place : place + len(data)] = data
        return len(data)

    def pread(self, fd: int, most: int, place: int) -> bytes:
        memory = self.kernel.get(fd)
        assert isinstance(memory, Memory)
        return bytes(memory.data[place : place + most])

    def ftruncate(self, fd: int, length: int) -> None:
        memory = self.kernel.get(fd)
        assert isinstance(memory, Memory)
        del memory.data[length:]

    def fstat(self, fd: int) -> SimpleNamespace:
        memory = self.kernel.get(fd)
        assert isinstance(memory, Memory)
        return SimpleNamespace(st_size=len(memory.data))

    def memfd_create(self, name: str, flags: int) -> int:
        self.kernel.call()
        return self.kernel.open(Memory())

    def pipe2(self, flags: int) -> tuple[int, int]:
        line = Line()
        ours = self.kernel.open(line)
        try:
            return ours, self.kernel.open(Far(line))
        except OSError:
            self.kernel.close(ours)
            raise

    def openpty(self) -> tuple[int, int]:
        self.kernel.call()
        line = Master()
        ours = self.kernel.open(line)
        try:
            return ours, self.kernel.open(Far(line))
        except OSError:
            self.kernel.close(ours)
            raise

    def set_blocking(self, fd: int, blocking: bool) -> None:
        self.kernel.get(fd)

    def set_inheritable(self, fd: int, inheritable: bool) -> None:
        self.kernel.get(fd)
        (self.inheritable.add if inheritable else self.inheritable.discard)(fd)

    def pidfd_open(self, pid: int) -> int:
        self.kernel.call()
        return self.kernel.open(Handle(self.world.child(pid)))

    def kill(self, pid: int, number: int) -> None:
        self.kernel.call()
        self.world.signalled(pid, number)

    killpg = kill

    def waitpid(self, pid: int, options: int) -> tuple[int, int]:
        self.kernel.call()
        process = self.world.processes.get(pid)
        if process is None or process.reaped:
            raise ChildProcessError(errno.ECHILD, "no such child")
        if not process.dead:
            if not options & os.WNOHANG:
                self.kernel.now += 0.003
                process.die()
            else:
                return 0, 0
        process.reaped = True
        return pid, 0

    def access(self, path: str, mode: int) -> bool:
        return self.kernel.chance.random() >= 0.02

    def execve(self, path: str, argv: list[str], env: Mapping[str, str]) -> None:
        self.kernel.call()
        if self.kernel.chance.random() < 0.02:
            raise OSError(errno.ENOMEM, "no new image")
        raise NewImage(int(argv[argv.index("--state") + 1]))

    def _exit(self, status: int) -> None:
        raise Exit(status)

    def urandom(self, count: int) -> bytes:
        return self.kernel.chance.randbytes(count)
