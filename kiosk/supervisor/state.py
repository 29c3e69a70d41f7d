"""What one image of the supervisor leaves to the next: numbers and descriptors, nothing that anybody typed."""

from __future__ import annotations

import json
import os

from kiosk.supervisor.children import Sitting
from kiosk.supervisor.home_frame import Frame
from kiosk.supervisor.settings import read_json
from kiosk.supervisor.terminal import Terminal, modes_to_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class State:
    """Everything that outlives a sitting."""

    __slots__ = (
        "failures",
        "frame",
        "leftover",
        "live",
        "proof_at",
        "retry_at",
        "size",
        "standby",
        "swallow_until",
        "terminal",
    )

    terminal: Terminal
    frame: Frame
    live: Sitting | None
    """Whoever has the terminal."""
    standby: Sitting | None
    """Whoever is next."""
    size: tuple[int, int]
    """Columns and rows, clamped, that the sittings were told."""
    swallow_until: float
    """Until when keys are dropped (`clock.now`), as far as is known: fingers go on after a panic."""
    failures: int
    """How many sittings in a row died at their start."""
    retry_at: float
    """When the next may be started (`clock.now`)."""
    proof_at: int
    """Where the lock is that proves a panic (`panic_proof`)."""
    leftover: list[int]
    """Ended or ending children still to be reaped: clerks, and what could not be killed at once."""

    def __init__(self, terminal: Terminal, frame: Frame, size: tuple[int, int]) -> None:
        self.terminal = terminal
        self.frame = frame
        self.size = size
        self.live = self.standby = None
        self.swallow_until = self.retry_at = 0.0
        self.failures = 0
        self.proof_at = 0
        self.leftover = []

    @property
    def descriptors(self) -> list[int]:
        """What has to live through a new image."""
        held = [self.terminal.fd, self.frame.fd]
        for sitting in (self.live, self.standby):
            held += sitting.descriptors if sitting else ()
        return held

    def write(self) -> int:
        """Put it into memory. Returns the descriptor."""
        told = {
            "terminal": self.terminal.fd,
            "found": modes_to_json(self.terminal.found),
            "owed": self.terminal.owed.decode("latin-1"),
            "frame": [self.frame.fd, self.frame.length, self.frame.size],
            "size": self.size,
            "live": self.live.to_json() if self.live else None,
            "standby": self.standby.to_json() if self.standby else None,
            "swallow_until": self.swallow_until,
            "retry_at": self.retry_at,
            "failures": self.failures,
            "proof_at": self.proof_at,
            "leftover": self.leftover,
        }
        fd = os.memfd_create("state", os.MFD_CLOEXEC)
        with open(fd, "wb", closefd=False) as file:
            file.write(json.dumps(told).encode())
        return fd

    @classmethod
    def read(cls, fd: int) -> State:
        """Take over from the former image, and close `fd`."""
        told: dict[str, Any] = read_json(fd)
        os.close(fd)
        terminal = Terminal(told["terminal"], told["found"], told["owed"].encode("latin-1"))
        frame_fd, length, frame_size = told["frame"]
        state = cls(terminal, Frame(frame_fd, length, tuple(frame_size)), tuple(told["size"]))
        state.live = Sitting.from_json(told["live"]) if told["live"] else None
        state.standby = Sitting.from_json(told["standby"]) if told["standby"] else None
        state.swallow_until, state.retry_at = told["swallow_until"], told["retry_at"]
        state.failures, state.leftover = told["failures"], told["leftover"]
        state.proof_at = told["proof_at"]
        for descriptor in state.descriptors:
            os.set_inheritable(descriptor, False)
        return state
