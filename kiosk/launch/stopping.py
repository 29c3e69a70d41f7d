"""Asking running kiosks to leave or to end, and knowing whether they did."""

from __future__ import annotations

import os
import select
import signal
import stat
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import KioskError
from kiosk.launch.running_kiosks import Alive, alive
from kiosk.supervisor import panic_proof

PANIC_TIME = 3.0
"""Seconds in which a sitting has to have left; then its supervisor is killed, and the guardian clears the glass."""

STOP_TIME = 15.0
"""Seconds in which a kiosk has to have ended: it waits for a clerk, and for a keyboard to be quiet."""

_LOOK = 0.005


class NotThisAccounts(KioskError):
    """The folder with the running kiosks is not what it should be."""

    hint = "Run it as the kiosk's own user, with its KIOSK_HOME."


@dataclass(slots=True)
class Came:
    """What came of it, in kiosks."""

    left: int = 0
    """It is proved: the sitting is dead, or the kiosk ended."""
    forced: int = 0
    """It did not answer, and was killed."""
    unknown: int = 0
    """It was asked, and this folder's file system shows no proof."""
    stuck: int = 0
    """It is still there."""

    @property
    def all(self) -> int:
        """How many kiosks there were."""
        return self.left + self.forced + self.unknown + self.stuck


def as_its_owner(run: Path) -> None:
    """Be the account that `run` belongs to, for good, where this is root: the kernel then lets it signal no other's.

    Whoever owns the folder may name any process in it. Raises `NotThisAccounts` where it is no folder of an account's.
    """
    try:
        there = run.lstat()
    except OSError:
        return
    if not stat.S_ISDIR(there.st_mode):
        raise NotThisAccounts("The folder with the running kiosks is a link or a file.")
    if os.geteuid() == 0 and there.st_uid != 0:
        os.setgroups([])
        os.setresgid(there.st_gid, there.st_gid, there.st_gid)
        os.setresuid(there.st_uid, there.st_uid, there.st_uid)


def panic(run: Path, allowed: float = PANIC_TIME) -> Came:
    """Have every running kiosk's sitting leave, and wait for the proof."""
    came = Came()
    with ExitStack() as closing:
        asked = [_Asked(each, signal.SIGUSR1, closing) for each in alive(run, closing)]
        late = _wait(asked, allowed)
        for each in late:
            if each.before == 0 and not each.refused:
                came.unknown += 1
            elif each.kill():
                came.forced += 1
            else:
                came.stuck += 1
        came.left = len(asked) - len(late)
    return came


def stop(run: Path, allowed: float = STOP_TIME) -> Came:
    """End every running kiosk in order, and wait until it is gone."""
    came = Came()
    with ExitStack() as closing:
        asked = [_Asked(each, signal.SIGTERM, closing, proof=False) for each in alive(run, closing)]
        late = _wait(asked, allowed)
        came.stuck, came.left = len(late), len(asked) - len(late)
    return came


class _Asked:
    """A kiosk that was sent a signal."""

    def __init__(self, kiosk: Alive, number: signal.Signals, closing: ExitStack, *, proof: bool = True) -> None:
        self._handle = kiosk.handle
        self._file = -1
        if proof:
            with suppress(OSError):
                self._file = os.open(kiosk.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
                closing.callback(os.close, self._file)
        self.before = self._place()
        self.refused = False
        try:
            signal.pidfd_send_signal(self._handle, number)
        except ProcessLookupError:
            pass
        except OSError:
            self.refused = True

    def _place(self) -> int:
        return panic_proof.look(self._file) if self._file >= 0 else 0

    def gone(self, seconds: float = 0.0) -> bool:
        """Whether the kiosk ended."""
        watch = select.poll()
        watch.register(self._handle, select.POLLIN)
        return bool(watch.poll(int(seconds * 1000)))

    def answered(self) -> bool:
        """Whether it did what it was asked for."""
        return self.gone() or (self.before != 0 and self._place() not in (0, self.before))

    def kill(self) -> bool:
        """End it outright. Tells whether it is gone."""
        with suppress(OSError):
            signal.pidfd_send_signal(self._handle, signal.SIGKILL)
        return self.gone(1.0)


def _wait(asked: list[_Asked], allowed: float) -> list[_Asked]:
    """Wait until all have answered; return those that did not."""
    end = time.monotonic() + allowed
    late = [each for each in asked if not each.answered()]
    while late and time.monotonic() < end:
        time.sleep(_LOOK)
        late = [each for each in late if not each.answered()]
    return late
