"""A made-up account with a list, a key, a keyring, a neighbour and somebody who listens."""

from __future__ import annotations

import contextlib
import os
import pty
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.terminal.isolation.attempts import World

NEIGHBOUR = (
    "import ctypes, time; held = ctypes.create_string_buffer(b'8 bytes!');"
    "ctypes.CDLL(None).prctl(0x59616d61, ctypes.c_ulong(-1 & (1 << 64) - 1), 0, 0, 0);"
    "print(ctypes.addressof(held), flush=True); time.sleep(600)"
)


@contextlib.contextmanager
def made(folder: Path) -> Iterator[World]:
    """Make all of it below `folder`, with a place to write in every folder that everybody shares."""
    home = folder / "kiosk"
    home.mkdir()
    for name in ("summaries.db", "station.key"):
        (home / name).write_bytes(b"sealed")
    keyring = folder / "login.keyring"
    keyring.write_bytes(b"sealed")
    with contextlib.ExitStack() as closing:
        shared = [each for each in ("/tmp", "/var/tmp", "/dev/shm") if os.access(each, os.W_OK)]
        places = [closing.enter_context(tempfile.TemporaryDirectory(dir=each)) for each in shared]
        server = closing.enter_context(socket.create_server(("127.0.0.1", 0), backlog=1000))
        log = closing.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM))
        log.bind(str(folder / "log"))
        held = closing.enter_context(open(folder / "held", "w+b"))
        (_, theirs), (_, own) = ends = pty.openpty(), pty.openpty()
        for each in (*ends[0], *ends[1]):
            closing.callback(os.close, each)
        neighbour = closing.enter_context(
            subprocess.Popen([sys.executable, "-I", "-S", "-c", NEIGHBOUR], stdout=subprocess.PIPE)
        )
        closing.callback(neighbour.kill)
        assert neighbour.stdout is not None
        yield World(
            home=str(home),
            keyring=str(keyring),
            places=(str(home), *places),
            other=neighbour.pid,
            address=int(neighbour.stdout.readline()),
            log=str(folder / "log"),
            port=server.getsockname()[1],
            terminal=os.ttyname(theirs),
            held=held.fileno(),
            own=own,
        )
