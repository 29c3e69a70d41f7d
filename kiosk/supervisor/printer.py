"""The printer's device: opened for the visitor who asked for it, because no sitting can open anything."""

from __future__ import annotations

import contextlib
import os
import socket
import stat

from kiosk.supervisor import processes, signals
from kiosk.supervisor.harden import die_with_parent

HERE = b"d"
"""To a sitting: what was opened comes with this; where nothing could be opened, it comes alone."""


def hand_over(path: str, control: int, terminal: int) -> int:
    """Have the printer at `path` opened and handed over the line `control`. Returns a process id to reap, 0 for none.

    A child does it: opening a device may take its time, and nothing that we do may. It is opened each time it is asked
    for, and nobody but that sitting holds it, because a USB printer lets itself be opened once, and may have been
    unplugged since. `terminal` is the descriptor of the kiosk's own terminal, which is never printed on.
    """
    signals.hold()
    try:
        pid = os.fork()
        if pid == 0:
            try:
                _hand_over(path, control, terminal)
            finally:
                os._exit(0)
    except OSError:
        return 0
    finally:
        signals.release()
    return pid


def _hand_over(path: str, control: int, terminal: int) -> None:
    die_with_parent()
    glass = os.fstat(terminal).st_rdev
    # nothing else of ours may stay open in a child that hangs: a pseudo-terminal would never hang up
    processes.close_all_but({control: control})
    with socket.socket(fileno=control) as line, contextlib.ExitStack() as closing:
        descriptor = open_device(path, glass)
        if descriptor >= 0:
            closing.callback(os.close, descriptor)
        socket.send_fds(line, [HERE], [descriptor] if descriptor >= 0 else [])


def open_device(path: str, glass: int) -> int:
    """Open a printer for writing; -1 for none. A character device it has to be, and not the one numbered `glass`."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    except OSError:
        return -1
    found = os.fstat(descriptor)
    if stat.S_ISCHR(found.st_mode) and found.st_rdev != glass:
        return descriptor
    os.close(descriptor)
    return -1
