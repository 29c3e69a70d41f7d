"""What the kernel tells about processes."""

from __future__ import annotations

import os
from pathlib import Path

PAGE = os.sysconf("SC_PAGE_SIZE")


def _stat(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def alive(pid: int) -> bool:
    """Whether `pid` is a process that still runs; one that only waits to be reaped does not."""
    try:
        return _stat(pid)[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


def started(pid: int) -> int:
    """When a process was started, in ticks since the machine was; 0 for one that is gone."""
    try:
        return int(_stat(pid)[19])
    except (FileNotFoundError, ProcessLookupError):
        return 0


def children(pid: int) -> list[int]:
    """The processes whose parent is `pid`."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def family(pid: int) -> list[int]:
    """Everybody below `pid`."""
    return [each for child in children(pid) for each in (child, *family(child))]


def command(pid: int) -> bytes:
    """The command line of a process, its name where it shows none; nothing for one that is gone, reaped or not."""
    if not alive(pid):
        return b""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes() or Path(f"/proc/{pid}/comm").read_bytes().strip()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def environ(pid: int) -> list[bytes]:
    """The environment that a process was started with."""
    return [entry for entry in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0") if entry]


def memory(pid: int) -> int:
    """Bytes of a process that are in memory."""
    return int(_stat(pid)[21]) * PAGE
