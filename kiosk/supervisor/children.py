"""A sitting's process: its terminal, its lines, its memory, its end."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import time

from kiosk.supervisor import processes
from kiosk.supervisor.channels import Lines, set_size
from kiosk.supervisor.voice import Voice
from kiosk.supervisor.wipe import Memory

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from kiosk.supervisor.settings import Program
    from kiosk.supervisor.terminal import Modes

REAP_TIME = 1.0
"""Seconds for a killed process to be gone; one in the grip of the kernel is left to be reaped later."""

_BREATH = 0.001

_PLAIN = ("pid", "master", "control", "clerk_line", "since", "greeted", "ready", "muted_until")


class Sitting:
    """One process for one visitor, live or standing by. The supervisor holds it by these descriptors."""

    __slots__ = (
        "clerk_line",
        "control",
        "greeted",
        "master",
        "memory",
        "muted_until",
        "pid",
        "pidfd",
        "ready",
        "since",
        "voice",
    )

    pid: int
    pidfd: int
    master: int
    """Our end of its pseudo-terminal; -1 once it hung up."""
    control: int
    """Our end of the control line; -1 once it hung up."""
    clerk_line: int
    """The clerk's end of their line; -1 once a clerk has it."""
    voice: Voice
    """Whoever reads aloud to its visitor."""
    memory: Memory | None
    """Its memory, to be zeroed at the end."""
    greeted: bool
    """Whether it said hello."""
    ready: bool
    """Whether it painted its first page."""
    muted_until: float
    """Until when what it writes is dropped, unless it announces a whole frame before (`clock.now`)."""
    since: float
    """When it was started, or when it got the terminal (`clock.now`)."""

    def __init__(self, pid: int, master: int, control: int, clerk_line: int, since: float) -> None:
        self.pid, self.master, self.control, self.clerk_line, self.since = pid, master, control, clerk_line, since
        self.pidfd = os.pidfd_open(pid)
        self.memory = None
        self.voice = Voice()
        self.greeted = self.ready = False
        self.muted_until = 0.0

    @classmethod
    def start(
        cls, program: Program, snapshot: int, modes: Modes, size: tuple[int, int], since: float, news: int = -1
    ) -> Sitting:
        """Start one on a pseudo-terminal of `size`, with `modes` made raw from the first: what is typed before it does
        so itself would be echoed, a passphrase too. Raises OSError.

        `snapshot` is the descriptor that it reads its settings from, `news` that of the editions; -1 for none.
        """
        with Lines.open(snapshot, modes, size, news) as lines:
            pid = processes.start(program, lines.theirs, terminal=lines.theirs[0])
            try:
                sitting = cls(pid, *lines.ours, since)
            except OSError:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
                raise
            lines.keep()
            sitting.voice = Voice(lines.heard)
            return sitting

    def greet(self) -> None:
        """Hold its memory while it lets itself be read, make it the first to go when memory runs out, let it go on."""
        if self.greeted:
            return
        self.greeted = True
        self.memory = Memory.of(self.pid)
        with contextlib.suppress(OSError), open(f"/proc/{self.pid}/oom_score_adj", "wb") as file:
            file.write(b"1000")
        self.say(b"g")

    def say(self, message: bytes) -> None:
        """Send one message; a sitting that does not read loses it."""
        if self.control >= 0:
            with contextlib.suppress(OSError):
                os.write(self.control, message)

    def hear(self) -> bytes:
        """The messages that came. The control line is closed when the sitting closed its end."""
        try:
            messages = os.read(self.control, 64) if self.control >= 0 else b""
        except BlockingIOError:
            return b""
        except OSError:
            messages = b""
        if not messages and self.control >= 0:
            os.close(self.control)
            self.control = -1
        return messages

    def resize(self, size: tuple[int, int]) -> None:
        """Tell its pseudo-terminal the size; the kernel tells the sitting (SIGWINCH)."""
        if self.master >= 0:
            with contextlib.suppress(OSError):
                set_size(self.master, size)

    def kill(self, *, wipe: bool) -> None:
        """Stop it, zero its memory where we hold it, and kill it with its whole group; its voice first."""
        self.voice.silence()
        if wipe and self.memory:
            self._signal(signal.SIGSTOP)
            # the terminal shows the page just painted before this takes the core for up to 20 ms
            time.sleep(_BREATH)
            self.memory.zero()
        self._signal(signal.SIGKILL)

    def _signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(OSError):
            os.killpg(self.pid, number)
        with contextlib.suppress(OSError):
            signal.pidfd_send_signal(self.pidfd, number)

    def reap(self, allowed: float = REAP_TIME) -> bool:
        """Wait for the killed process; False when it is still there after `allowed` seconds."""
        watch = select.poll()
        watch.register(self.pidfd, select.POLLIN)
        return bool(watch.poll(int(allowed * 1000))) and processes.reap(self.pid)

    def close(self) -> None:
        """Close every descriptor held of it; the clerk sees its line end."""
        for descriptor in (self.pidfd, self.master, self.control, self.clerk_line):
            if descriptor >= 0:
                os.close(descriptor)
        self.voice.close()
        if self.memory:
            self.memory.close()

    @property
    def descriptors(self) -> list[int]:
        """What has to live through a new image (the pidfd is opened afresh there)."""
        held = [
            self.master,
            self.control,
            self.clerk_line,
            self.voice.line,
            *(self.memory.descriptors if self.memory else ()),
        ]
        return [descriptor for descriptor in held if descriptor >= 0]

    def to_json(self) -> dict[str, Any]:
        """What the next image needs to hold it."""
        told = {name: getattr(self, name) for name in _PLAIN}
        voice = [self.voice.line, self.voice.pid]
        return {**told, "voice": voice, "memory": self.memory.descriptors if self.memory else None}

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Sitting:
        """Take hold of it again in a new image."""
        sitting = cls(told["pid"], told["master"], told["control"], told["clerk_line"], told["since"])
        for name in _PLAIN:
            setattr(sitting, name, told[name])
        sitting.voice = Voice(*told["voice"])
        sitting.memory = Memory(*told["memory"]) if told["memory"] else None
        return sitting
