"""What stands between a client and its server: a link that stutters, or goes dead without a word to either side."""

from __future__ import annotations

import random
import socket
import threading
import time
from contextlib import suppress
from typing import Self

SEED = 20_260_901


class Link:
    """Carries connections to a port of loopback. Used as a context."""

    def __init__(self, port: int, *, stutters: bool = False) -> None:
        self._to, self._stutters = port, stutters
        self._dice = random.Random(SEED)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self._carries = threading.Event()
        self._carries.set()
        self._ends: list[socket.socket] = []

    def go_dead(self) -> None:
        """Carry nothing any more, and close nothing: neither side is told, as where a cable is cut."""
        self._carries.clear()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                far = socket.create_connection(("127.0.0.1", self._to))
                self._ends += [near, far]
                for ends in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=ends, daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(self._dice.randint(1, 700) if self._stutters else 65536):
                if self._stutters:
                    time.sleep(self._dice.choice((0, 0, 0, 0.002, 0.02)))
                self._carries.wait()
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        # no thread that waits may carry anything once its ends are closed
        for end in (self._listening, *self._ends):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._carries.set()
