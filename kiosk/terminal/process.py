"""How a full-screen program begins: it greets its supervisor, gives up its powers and learns to die silently."""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from kiosk.terminal import control
from kiosk.terminal.control import Control

if TYPE_CHECKING:
    from kiosk.jail.profile import Profile

_PR_SET_PDEATHSIG: Final = 1

FATAL_SIGNALS: Final = (
    signal.SIGHUP,
    signal.SIGINT,
    signal.SIGQUIT,
    signal.SIGTERM,
    signal.SIGTSTP,
    signal.SIGUSR1,
    signal.SIGUSR2,
    signal.SIGALRM,
    signal.SIGABRT,
    signal.SIGTTIN,
    signal.SIGTTOU,
)
"""Signals that end a program of ours at once, silently; the supervisor clears the glass."""

_STOPPING: Final = (signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU)
"""Signals that would stop it, her words still in its memory. The others end it by themselves, even in mid-C."""


def die(*_: object) -> NoReturn:
    """End this process now: no traceback, no finaliser, nothing flushed. Fits every hook that Python has."""
    os._exit(control.INTERNAL)


def fall_silent() -> None:
    """Make every way in which Python would print an error end the process instead (leaks 1b)."""
    sys.excepthook = die
    sys.unraisablehook = die
    threading.excepthook = die
    logging.disable(sys.maxsize)
    logging.lastResort = None
    for number in FATAL_SIGNALS:
        signal.signal(number, die if number in _STOPPING else signal.SIG_DFL)
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)


def begin(
    profile: Profile,
    *,
    readable: Sequence[Path] = (),
    writable: Sequence[Path] = (),
    ports: Sequence[int] = (),
    fd: int = control.CONTROL_FD,
) -> Control:
    """Greet the supervisor on descriptor `fd`, wait for its go, enter the jail of `profile`; return the control line.

    Call it before Textual is imported and before any thread is started: the jail is laid on one thread and on what
    that thread starts later. `readable`, `writable` and `ports` are added to what the profile allows.
    """
    fall_silent()
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    line = Control(fd)
    line.send(control.HELLO)
    line.wait_for(control.GO)
    from kiosk.jail.enter import enter

    line.held = enter(profile, readable=readable, writable=writable, ports=ports)
    return line
