"""A real clerk in a process of its own, on a real line."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.seal import wire
from kiosk.seal.sealed import SealedRecord

_ON_FIVE = (
    "import os, sys; line = int(sys.argv[1]); os.dup2(line, 5); os.close(line) if line != 5 else None;"
    "os.execv(sys.executable, [sys.executable, *sys.argv[2:]])"
)


class ClerkProcess:
    """The sitting's end of a clerk's line, and the clerk's process."""

    def __init__(self, home: Path) -> None:
        self.line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.line.settimeout(30)
        command = ["-s", "-P", "-m", "kiosk.vault.clerk", "--home", str(home)]
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-c", _ON_FIVE, str(theirs.fileno()), *command],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )

    def ask(self, message: bytes) -> wire.Answer:
        self.line.send(message)
        return self.answer()

    def answer(self) -> wire.Answer:
        packet = self.line.recv(64)
        if not packet:
            raise EOFError
        return wire.unpack_answer(packet)

    def number(self) -> int:
        answer = self.ask(wire.pack_ask())
        assert isinstance(answer, wire.Number), answer
        return answer.number

    def keep(self, number: int, sealed: SealedRecord) -> wire.Answer:
        return self.ask(wire.pack_keep(number, sealed))

    def end(self) -> tuple[int, str]:
        """Close the line; the clerk's exit status and what it wrote to stderr."""
        self.line.close()
        status = self.process.wait(30)
        assert self.process.stderr is not None
        with self.process.stderr as errors:
            return status, errors.read().decode()

    def kill(self) -> None:
        os.kill(self.process.pid, signal.SIGKILL)


@contextmanager
def clerk_at(home: Path) -> Iterator[ClerkProcess]:
    """A clerk that is gone afterwards, whatever happened."""
    clerk = ClerkProcess(home)
    try:
        yield clerk
    finally:
        clerk.line.close()
        clerk.process.kill()
        clerk.process.wait()
        if clerk.process.stderr:
            clerk.process.stderr.close()
