"""Every signal as bytes on a descriptor of the poll loop, none lost while one image becomes the next."""

from __future__ import annotations

import os
import signal

PANIC = frozenset({signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP, signal.SIGUSR1})
"""These end the sitting as the panic key does."""

_IGNORED = frozenset({signal.SIGPIPE, signal.SIGTTIN, signal.SIGTTOU, signal.SIGXFSZ, signal.SIGURG})
_OTHERS = frozenset({signal.SIGWINCH, signal.SIGCONT, signal.SIGCHLD})
_CANNOT = frozenset({signal.SIGKILL, signal.SIGSTOP})
# a fault of the machine's own kind would come again for ever if Python only took note of it
_FATAL = frozenset({signal.SIGSEGV, signal.SIGBUS, signal.SIGFPE, signal.SIGILL})

ENDING = frozenset(signal.valid_signals()) - PANIC - _IGNORED - _OTHERS - _CANNOT - _FATAL
"""All the rest that would end a process: they end the program in order. SIGTERM and SIGHUP are the usual ones."""

_HEARD = PANIC | _OTHERS | ENDING


def _note(*_: object) -> None:
    """Do nothing: the wake-up descriptor has the signal's number already."""


class Signals:
    """What came in since the last look."""

    __slots__ = ("fd",)

    fd: int
    """Readable when a signal came."""

    def __init__(self) -> None:
        self.fd, written = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.set_wakeup_fd(written, warn_on_full_buffer=False)
        for number in _HEARD:
            signal.signal(number, _note)
        for number in _IGNORED:
            signal.signal(number, signal.SIG_IGN)
        signal.pthread_sigmask(signal.SIG_SETMASK, ())

    def read(self) -> frozenset[int]:
        """The numbers of the signals that came."""
        try:
            return frozenset(os.read(self.fd, 4096))
        except BlockingIOError:
            return frozenset()


def hold() -> None:
    """Keep every signal pending, across `fork` and `execve` too."""
    signal.pthread_sigmask(signal.SIG_BLOCK, _HEARD)


def release() -> None:
    """Let the pending signals come."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _HEARD)


def as_before() -> None:
    """In a child about to start its program: default actions, nothing held back."""
    signal.set_wakeup_fd(-1)
    for number in _HEARD | _IGNORED:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
