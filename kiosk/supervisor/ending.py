"""The end of the program: everybody gone, glass and history cleared, the terminal's modes as they were found."""

from __future__ import annotations

import contextlib
import os
import select
import time

from kiosk.supervisor import clock, guardian, processes
from kiosk.supervisor.clerk import start_closing
from kiosk.supervisor.handover import bury
from kiosk.supervisor.stage import QUIET, SWALLOW, ProgramEnds
from kiosk.supervisor.terminal import RESET, TerminalGone

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

    from kiosk.supervisor.stage import Stage

CLERK_TIME = 2.0
"""Seconds a clerk has to finish a record while the terminal is still held; then it goes on by itself."""

LONGEST_SWALLOW = 10.0
"""Seconds after which the terminal is given back though its keyboard is not quiet: something may lie on it."""

_LAST_PAGE_TIME = 1.0


def finish(stage: Stage, end: ProgramEnds) -> NoReturn:
    """End the program with `end.code`."""
    stage.events.mark("panic")
    with contextlib.suppress(TerminalGone):
        stage.terminal.paint(stage.neutral())
    stage.events.mark("painted")
    bury(stage)
    _bury_standby(stage)
    _swallow(stage, linger=end.linger)
    _give_back(stage)
    if end.sentence:
        with contextlib.suppress(OSError):
            os.write(stage.terminal.fd, end.sentence.encode() + b"\n")
    if stage.settings.closing:
        start_closing(stage.settings.closing)
    guardian.tell(end.code, stage.settings.guard_fd)
    os._exit(end.code)


def _bury_standby(stage: Stage) -> None:
    standby, stage.standby = stage.standby, None
    if standby:
        standby.sitting.kill(wipe=False)
        standby.sitting.reap()
        standby.sitting.close()


def _swallow(stage: Stage, *, linger: bool) -> None:
    """Drop what is typed: to `linger`, until the keyboard is quiet; longer while a clerk has something to finish."""
    start = clock.now()
    until = start + SWALLOW if linger else start
    watch = select.poll()
    watch.register(stage.terminal.fd, select.POLLIN)
    while True:
        stage.state.leftover = [pid for pid in stage.state.leftover if not processes.reap(pid)]
        stage.watchdog.say(clock.now())
        if clock.now() >= max(until, start + CLERK_TIME if stage.state.leftover else start):
            return
        if watch.poll(20):
            try:
                stage.inward.read(stage.terminal, clock.now())
            except TerminalGone:
                watch = select.poll()
                linger, until = False, start
            stage.inward.swallow()
            if linger and stage.inward.recogniser.touched:
                until = min(clock.now() + QUIET, start + LONGEST_SWALLOW)


def _give_back(stage: Stage) -> None:
    terminal = stage.terminal
    with contextlib.suppress(TerminalGone):
        terminal.paint(RESET)
        end = time.monotonic() + _LAST_PAGE_TIME
        while terminal.owed and time.monotonic() < end:
            time.sleep(0.01)
            terminal.push()
    terminal.drop_input()
    terminal.restore()
