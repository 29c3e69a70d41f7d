"""The control line: one-byte messages between a full-screen program and the supervisor that owns the glass."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

    from kiosk.jail.enter import Held

CONTROL_FD: Final = 4
"""The descriptor the supervisor hands a full-screen program for this line."""

HELLO: Final = b"h"
"""To the supervisor: I am here; take hold of my memory now, before I lock it."""
READY: Final = b"p"
"""To the supervisor: the first page is painted."""
BEFORE_FRAME: Final = b"B"
"""To the supervisor: about to write a whole frame; answered by `FRAME_NOW`."""
AFTER_FRAME: Final = b"P"
"""To the supervisor: the whole frame is written."""
START_CLERK: Final = b"K"
"""To the supervisor: start the clerk."""
PRINTER: Final = b"D"
"""To the supervisor: open the printer for me; answered by `PRINTER_HERE`."""
START_VOICE: Final = b"A"
"""To the supervisor: start the helper that reads aloud."""
PAUSED: Final = b"Z"
"""To the supervisor: the visitor paused; whatever is pressed meanwhile, the pause has a time of its own."""
RESUMED: Final = b"z"
"""To the supervisor: she took her page up again."""
LOOKING_UP: Final = b"N"
"""To the supervisor: the visitor asks for news; answered by `MAY_LOOK_UP` or `MAY_NOT`, and by no look at anything."""
LEAVE: Final = b"L"
"""To the supervisor: the visitor leaves; the same end as panic."""
QUIT: Final = b"Q"
"""To the supervisor: an operator ends the kiosk (honoured where the settings allow it)."""
DONE: Final = b"X"
"""To the supervisor: this program has done its work; end with exit status 0."""
REFUSED: Final = b"E"
"""To the supervisor: this program ends with exit status 3."""

GO: Final = b"g"
"""From the supervisor: lock yourself up and start."""
LIVE: Final = b"l"
"""From the supervisor: the terminal is yours."""
REPAINT: Final = b"r"
"""From the supervisor: paint the whole frame again."""
FRAME_NOW: Final = b"b"
"""From the supervisor: go on with the frame announced by `BEFORE_FRAME`."""
IDLE_WARNING: Final = b"w"
"""From the supervisor: nobody has touched the keys; the sitting ends soon."""

PRINTER_HERE: Final = b"d"
"""From the supervisor: the printer's descriptor comes with this; where it cannot be opened, this comes alone."""

MAY_LOOK_UP, MAY_NOT = b"y", b"n"
"""From the supervisor: whether there are look-ups left in this hour."""

INTERNAL: Final = 70
"""The silent exit status of a program whose supervisor is gone or that met a fault (`ExitCode.INTERNAL`)."""


class Control:
    """This process's end of the control line.

    A line that ends means that the supervisor died: the process follows it at once and says nothing.
    """

    def __init__(self, fd: int = CONTROL_FD) -> None:
        self.fd = fd
        """The descriptor, a Unix stream socket."""
        self.held: Held | None = None
        """What of the jail this kernel granted, once entered."""
        self.printer: int | None = None
        """The printer that was handed over, -1 for none to be had, `None` before an answer. Who takes it closes it."""
        self.may_look_up: bool | None = None
        """Whether it may look news up, once it was answered."""
        self._socket = socket.socket(fileno=fd)

    def send(self, message: bytes) -> None:
        """Send one message. Safe from any thread; ends the process when nobody is there to read it."""
        try:
            self._socket.sendall(message)
        except OSError:
            os._exit(INTERNAL)

    def wait_for(self, message: bytes) -> None:
        """Block until `message` comes and drop what comes before it."""
        while self._read(1) != message:
            pass

    def attach(self, loop: AbstractEventLoop, handler: Callable[[bytes], None]) -> None:
        """Call `handler` with each message from now on, one byte at a time, inside `loop`."""

        def readable() -> None:
            received = self._read(64)
            for position in range(len(received)):
                handler(received[position : position + 1])

        loop.add_reader(self.fd, readable)

    def detach(self, loop: AbstractEventLoop) -> None:
        """Stop reading inside `loop`."""
        loop.remove_reader(self.fd)

    def _read(self, limit: int) -> bytes:
        try:
            received, handed, _, _ = socket.recv_fds(self._socket, limit, 1, socket.MSG_CMSG_CLOEXEC)
        except OSError:
            received, handed = b"", []
        if not received:
            os._exit(INTERNAL)
        if PRINTER_HERE in received:
            self.printer = handed[0] if handed else -1
        if MAY_LOOK_UP in received or MAY_NOT in received:
            self.may_look_up = MAY_LOOK_UP in received
        return received
