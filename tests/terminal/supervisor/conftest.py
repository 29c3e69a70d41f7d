"""Every test here gets supervisors of its own, and none outlives it."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.terminal.supervisor.glass import Glass
from tests.terminal.supervisor.processes import children

Start = Callable[..., Glass]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start a supervisor: `start(idle_seconds=1, toy="dies")`."""
    started: list[Glass] = []

    def begin(
        toy: str = "", *, program: list[str] | None = None, columns: int = 80, rows: int = 24, **told: Any
    ) -> Glass:
        glass = Glass(told, toy, program, columns=columns, rows=rows)
        started.append(glass)
        return glass

    yield begin
    for glass in started:
        sittings = children(glass.pid) if glass.process.poll() is None else []
        glass.close()
        for pid in sittings:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
