"""Something on this machine that only a forwarding reaches, ways to reach for it, and an agent to bring along."""

from __future__ import annotations

import socket
import subprocess
import threading
import time
from contextlib import suppress
from pathlib import Path

from tests.pace import tries


class Treasure:
    """Something on this machine that only a forwarding reaches: it counts who came."""

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self.came = 0
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                caller, _ = self._listening.accept()
                self.came += 1
                caller.sendall(b"gold")
                caller.close()

    def forget(self, callers: int) -> None:
        """Wait until all of so many came, the last of them as well, and count anew."""
        for _ in tries(f"all of {callers} callers"):
            if self.came >= callers:
                break
            time.sleep(0.01)
        self.came = 0

    def close(self) -> None:
        self._listening.close()


def taken(where: int | str, say: bytes = b"") -> bytes:
    """What comes out of a port or a socket's file; nothing where nobody listens."""
    family = socket.AF_UNIX if isinstance(where, str) else socket.AF_INET
    with socket.socket(family) as caller, suppress(OSError):
        caller.settimeout(20)
        caller.connect(where if isinstance(where, str) else ("127.0.0.1", where))
        caller.sendall(say)
        return caller.recv(100)
    return b""


def socks(port: int) -> bytes:
    """Ask a SOCKS 4 proxy for a port of this machine."""
    return b"\x04\x01" + port.to_bytes(2, "big") + bytes((127, 0, 0, 1)) + b"\0"


def listens(port: int) -> bool:
    """Whether somebody has this port of loopback."""
    wanted = f"0100007F:{port:04X}"
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return any(row[1] == wanted and row[3] == "0A" for row in rows)


class AgentAt:
    """An agent with no key."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __enter__(self) -> None:
        self._process = subprocess.Popen(["ssh-agent", "-D", "-a", self._path], stdout=subprocess.DEVNULL)
        for _ in tries("the agent's socket"):
            if Path(self._path).exists():
                break
            assert self._process.poll() is None
            time.sleep(0.01)

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()
