"""Processes that try things, with and without walls around them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

PROBE = Path(__file__).with_name("probe.py")

Try = Callable[..., str]
"""Try an action behind walls; returns `done` or the name of the error."""


@pytest.fixture
def attempt() -> Try:
    """Run one action of `probe.py` in a process of its own."""

    def run(
        walls: str,
        action: str,
        argument: object = "",
        *,
        readable: Sequence[Path] = (),
        writable: Sequence[Path] = (),
        fds: Sequence[int] = (),
        ports: Sequence[int] = (),
        stdin: int = subprocess.DEVNULL,
    ) -> str:
        order = json.dumps([walls, action, str(argument), [*map(str, readable)], [*map(str, writable)], [*ports]])
        result = subprocess.run(
            [sys.executable, "-s", "-P", str(PROBE), order],
            capture_output=True,
            stdin=stdin,
            pass_fds=fds,
            text=True,
            timeout=60,
        )
        assert result.returncode == 0, result.stderr
        return result.stdout.strip() or "done"

    return run


@pytest.fixture
def other() -> Iterator[subprocess.Popen[str]]:
    """Another process of the same user, willing to be looked at; it prints an address in its memory."""
    code = (
        "import ctypes, time; held = ctypes.create_string_buffer(b'8 bytes!');"
        "ctypes.CDLL(None).prctl(0x59616d61, ctypes.c_ulong(-1 & (1 << 64) - 1), 0, 0, 0);"
        "print(ctypes.addressof(held), flush=True); time.sleep(600)"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()
