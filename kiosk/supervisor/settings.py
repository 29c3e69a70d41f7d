"""What the launcher tells the supervisor: one piece of JSON in sealed memory."""

from __future__ import annotations

import os

from kiosk.supervisor.chosen_key import ChosenKey

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


class Program:
    """A program to start: its command and the whole of its environment."""

    __slots__ = ("argv", "env")

    def __init__(self, told: Mapping[str, Any]) -> None:
        self.argv = [str(part) for part in told["argv"]]
        self.env = {str(name): str(value) for name, value in told["env"].items()}


class Settings:
    """The launcher's wishes, checked. Raises KeyError, TypeError or ValueError where they make no sense."""

    __slots__ = (
        "chosen_key",
        "clerk",
        "closing",
        "ends",
        "events_fd",
        "fd",
        "first",
        "guard_fd",
        "idle_seconds",
        "keep_fds",
        "lookups",
        "max_columns",
        "max_rows",
        "neutral",
        "news",
        "parent",
        "printer",
        "proof_fd",
        "quit",
        "sitting",
        "snapshot_fd",
        "speech",
        "warn_seconds",
        "watchdog",
    )

    ends: bool
    """Whether the end of a sitting ends the program, so that no standby is kept (set-up, desk, SSH)."""
    idle_seconds: float
    """Seconds of silence before a sitting ends (OR-08)."""
    warn_seconds: float
    """Seconds before that end at which the sitting may say so."""
    first: Mapping[str, Any] | None
    """The first sitting, as `Sitting.to_json` tells of it, where the launcher has started it."""
    printer: str
    """The device file of this station's printer; empty for none."""
    news: str
    """The file of this station's editions of news, opened for each sitting; empty for none."""
    lookups: str
    """Where look-ups are counted; empty where there are none."""
    guard_fd: int
    """Where the guardian hears that this program ends in order; -1 without one."""
    parent: int
    """Whoever may not die without our ending, too; 0 for nobody."""
    watchdog: str
    """Where a service manager hears that we turn; empty for none."""
    proof_fd: int
    """This kiosk's own file, whose locks prove a panic; -1 for none."""
    events_fd: int
    """Where benches read what happened when; -1 otherwise."""

    def __init__(self, told: Mapping[str, Any], fd: int) -> None:
        self.fd = fd
        self.sitting = Program(told["sitting"])
        self.clerk = Program(told["clerk"]) if told.get("clerk") else None
        self.closing = Program(told["closing"]) if told.get("closing") else None
        self.speech = Program(told["speech"]) if told.get("speech") else None
        self.snapshot_fd = -1 if told.get("snapshot_fd") is None else int(told["snapshot_fd"])
        self.keep_fds = [int(kept) for kept in told.get("keep_fds", ())]
        self.idle_seconds = float(told["idle_seconds"])
        self.warn_seconds = float(told["warn_seconds"])
        self.chosen_key = ChosenKey(told["panic_key"]) if told.get("panic_key") else None
        self.ends = told["after_leaving"] == "end" or not told["standby"]
        self.quit = bool(told["quit"])
        self.printer = str(told.get("printer") or "")
        self.news = str(told.get("news") or "")
        self.lookups = str(told.get("lookups") or "")
        self.neutral = [str(line) for line in told["neutral"]]
        self.max_columns = int(told["limits"]["max_columns"])
        self.max_rows = int(told["limits"]["max_rows"])
        self.events_fd = int(told.get("events_fd", -1))
        self.first = told.get("first")
        self.proof_fd = int(told.get("proof_fd", -1))
        self.guard_fd = int(told.get("guard_fd", -1))
        self.watchdog = str(told.get("watchdog") or "")
        self.parent = int(told.get("parent", 0))

    @property
    def inherited(self) -> list[int]:
        """Every descriptor of the launcher that must live through a new image."""
        told = (self.fd, self.snapshot_fd, self.events_fd, self.guard_fd, *self.keep_fds)
        return [descriptor for descriptor in told if descriptor >= 0]


def read_json(fd: int) -> Any:
    """The JSON in a piece of memory, wherever its read position stands."""
    import json  # whoever starts the first sitting needs only `Program`, and is waited for

    size = os.fstat(fd).st_size
    return json.loads(os.pread(fd, size, 0))
