"""Programs that keep what a terminal shows, looked for among the ancestors of this process.

The environment is not asked: it is easily lost on the way and easily made up.
"""

from __future__ import annotations

import os
from pathlib import Path

from kiosk.errors import Refused

RECORDERS = {
    "tmux": "tmux",
    "tmate": "tmate",
    "screen": "screen",
    "script": "script",
    "asciinema": "asciinema",
    "tlog-rec": "tlog",
    "tlog-rec-sessio": "tlog",
    "ttyrec": "ttyrec",
    "ovh-ttyrec": "ttyrec",
    "zellij": "zellij",
    "termrec": "termrec",
    "t-rec": "t-rec",
    "dtach": "dtach",
    "abduco": "abduco",
}
"""Process name (as the kernel keeps it, 15 letters at most) to the name that an operator knows."""

INTERPRETERS = ("python", "perl", "ruby", "node", "bash", "sh", "dash")
"""Programs whose own name says nothing: the script they run does."""

DEEPEST = 256
"""Ancestors looked at; no chain of parents is longer."""


class TerminalRecorded(Refused):
    """What this terminal shows is kept by a program around it."""

    hint = "Use a console or a plain terminal window, or accept it for good with `kiosk setup --allow-recorder`."


def recorder(pid: int | None = None, proc: Path = Path("/proc")) -> str | None:
    """The recorder among the ancestors of process `pid` (this one), or `None`."""
    pid = os.getpid() if pid is None else pid
    for _ in range(DEEPEST):
        pid = _parent(pid, proc)
        if pid <= 0:
            return None
        found = _recorder(pid, proc)
        if found:
            return found
    return None


def refuse(*, allowed: bool) -> None:
    """Raise `TerminalRecorded` when a program around this one keeps what is shown, unless that is allowed."""
    found = None if allowed else recorder()
    if found:
        raise TerminalRecorded(f"This terminal runs inside {found}, which keeps what is shown.")


def _parent(pid: int, proc: Path) -> int:
    """The parent of a process, 0 where it cannot be known."""
    try:
        text = (proc / str(pid) / "stat").read_bytes()
    except OSError:
        return 0
    # The name stands in brackets and may hold brackets and spaces itself: count from the last one.
    rest = text[text.rfind(b")") + 1 :].split()
    return int(rest[1]) if len(rest) > 1 and rest[1].isdigit() else 0


def _recorder(pid: int, proc: Path) -> str | None:
    """The recorder that one process is, or `None`."""
    try:
        name = (proc / str(pid) / "comm").read_text(errors="replace").strip()
        words = (proc / str(pid) / "cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return None
    # tmux renames its processes "tmux: server" and "tmux: client"; screen's server is "SCREEN" on some systems.
    known = RECORDERS.get(name.split(":")[0].lower())
    if known or not name.startswith(INTERPRETERS):
        return known
    for word in words[1:4]:
        known = RECORDERS.get(word.rsplit("/", 1)[-1].lower()[:15])
        if known and known != "script":
            return known
    return None
