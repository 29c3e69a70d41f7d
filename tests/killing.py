"""Running a function in a process of its own that dies by SIGKILL just before its nth step on the disk.

A step is a call that names, unnames or flushes a file, and every statement that SQLite is given: what SQLite itself
does at a commit is disturbed call by call in tests/faults/test_save_calls.py.
"""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from kiosk.vault import migrations

CALLS = ("fsync", "rename", "replace", "link", "unlink", "pwrite")


def steps(function: Callable[[], object], prepare: Callable[[], object], *, most: int = 400) -> Iterator[int]:
    """Prepare, run until the nth step, and yield n for the test to look at what is left; until it runs through."""
    for step in range(1, most):
        prepare()
        if not _killed(function, step):
            assert step > 1, "nothing was ever on the disk"
            yield -step
            return
        yield step
    raise AssertionError("it never came to its end")


def _killed(function: Callable[[], object], step: int) -> bool:
    """Whether the process died at that step; it must not end in any other way."""
    pid = os.fork()
    if pid == 0:
        status = 3
        try:
            _count(step)
            function()
            status = 0
        finally:
            os._exit(status)
    ended = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    assert ended in (0, -signal.SIGKILL), f"it ended by {ended} at step {step}"
    return ended != 0


def _count(step: int) -> None:
    left = step

    def counted(*_: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def before(call: Callable[..., Any]) -> Callable[..., Any]:
        def called(*given: Any, **named: Any) -> Any:
            counted()
            return call(*given, **named)

        return called

    for name in CALLS:
        setattr(os, name, before(getattr(os, name)))
    connect = migrations.connect

    def watched(path: Path, *, write: bool = True) -> sqlite3.Connection:
        connection = connect(path, write=write)
        if write:
            connection.set_trace_callback(counted)
        return connection

    for module in ("kiosk.vault.migrations", "kiosk.vault.appending", "kiosk.vault.store"):
        setattr(import_module(module), "connect", watched)  # noqa: B010  # no module says that it has one
