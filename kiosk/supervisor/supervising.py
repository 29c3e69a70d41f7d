"""One image after another: take over, run the loop, end the sitting, become a new image."""

from __future__ import annotations

import os
import termios
from signal import SIGTERM

from kiosk.supervisor import clock, ending, guardian, handover, signals, starting
from kiosk.supervisor.harden import die_with_parent
from kiosk.supervisor.home_frame import Frame
from kiosk.supervisor.loop import Loop
from kiosk.supervisor.settings import Settings, read_json
from kiosk.supervisor.signals import Signals
from kiosk.supervisor.stage import DONE, ENVIRONMENT, INTERNAL, SWALLOW, ProgramEnds, SittingEnds, Stage
from kiosk.supervisor.state import State
from kiosk.supervisor.terminal import RESET, Terminal, TerminalGone

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

_NO_TERMINAL = "The terminal cannot be opened. Start the kiosk on a terminal of this user's own."


def supervise(settings_fd: int, state_fd: int) -> NoReturn:
    """Look after the terminal until the program ends; never returns."""
    stage: Stage | None = None
    try:
        heard = Signals()
        settings = Settings(read_json(settings_fd), settings_fd)
        _follow(settings.parent)
        state = State.read(state_fd) if state_fd >= 0 else _found(settings)
        fresh = state_fd < 0
        while True:
            stage = Stage(settings, state)
            one_sitting(stage, heard, fresh=fresh)
            signals.release()
            fresh = False
    except BaseException:  # nothing of it is shown: a traceback could hold a visitor's words
        fail(stage)


def _follow(parent: int) -> None:
    """End in order when the guardian, or the program that waits for us, dies."""
    if parent:
        die_with_parent(SIGTERM)
        if os.getppid() != parent:
            os.kill(os.getpid(), SIGTERM)


def _found(settings: Settings) -> State:
    """The beginning: the terminal as it was found, made raw."""
    try:
        terminal = Terminal.open()
        terminal.raw()
    except (OSError, termios.error, TerminalGone):
        os.write(2, _NO_TERMINAL.encode() + b"\n")
        guardian.tell(ENVIRONMENT, settings.guard_fd)
        os._exit(ENVIRONMENT)
    return State(terminal, Frame(), terminal.size(settings.max_columns, settings.max_rows))


def one_sitting(stage: Stage, heard: Signals, *, fresh: bool) -> None:
    """Run until the live sitting has ended and the next has the terminal, then become a new image; or end the program.

    Returns only where no new image could be started, its signals still held back.
    """
    stage.events.mark("fresh-image")
    try:
        stage.resize()
        if fresh:
            stage.show_left()
            starting.first(stage)
        else:
            # what was typed while no image was reading is read now, and is as good as typed now
            stage.state.swallow_until = max(stage.state.swallow_until, clock.now() + SWALLOW)
        try:
            Loop(stage, heard).run()
        except SittingEnds as end:
            handover.end_sitting(stage, end)
        signals.hold()
        if heard.read() & signals.ENDING:
            raise ProgramEnds(DONE)
    except ProgramEnds as end:
        ending.finish(stage, end)
    except TerminalGone:
        ending.finish(stage, ProgramEnds(DONE))
    handover.become_new(stage.settings, stage.state)


def fail(stage: Stage | None) -> NoReturn:
    """A fault of our own: the same end, with status 70; where even that fails, the kernel kills the sittings."""
    try:
        if stage:
            ending.finish(stage, ProgramEnds(INTERNAL, handover.FAULT))
        terminal = Terminal.open()
        terminal.paint(RESET)
        terminal.cook()
    finally:
        os._exit(INTERNAL)
