"""The end of a sitting and the start of the next: paint, stop, zero, kill, reap, hand over, become a new image."""

from __future__ import annotations

import contextlib
import os
import sys

from kiosk.supervisor import clock, starting
from kiosk.supervisor.stage import INTERNAL, SWALLOW, ProgramEnds
from kiosk.supervisor.terminal import TerminalGone

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kiosk.supervisor.settings import Settings
    from kiosk.supervisor.stage import SittingEnds, Stage
    from kiosk.supervisor.state import State

FAULT = "The kiosk met a fault of its own and has ended."
"""Said after the glass was cleared; it holds nothing of anybody."""


def end_sitting(stage: Stage, end: SittingEnds) -> None:
    """End the live sitting and hand the terminal on. Raises `ProgramEnds` or `TerminalGone`.

    The order is fixed: the glass first, because painting never waits and a kill takes milliseconds; then memory.
    """
    if stage.settings.ends and not (end.crashed and not stage.proven):
        raise ProgramEnds(INTERNAL, FAULT, linger=True) if end.crashed else ProgramEnds(0, linger=True)
    stage.events.mark("panic")
    stage.resize()
    with contextlib.suppress(TerminalGone):
        stage.terminal.paint(stage.home())
    stage.events.mark("painted")
    bury(stage)
    if end.crashed and not stage.proven:
        starting.failed(stage)
    if stage.standby and stage.standby.sitting.ready:
        stage.give_terminal_to_standby()
    stage.terminal.push()
    stage.terminal.drop_input()
    stage.state.swallow_until = clock.now() + SWALLOW
    stage.events.mark("handed")


def bury(stage: Stage) -> None:
    """Kill and reap the live sitting, its memory and everything in transit zeroed."""
    live, stage.state.live = stage.live, None
    if live:
        live.kill(wipe=True)
    stage.events.mark("killed")
    stage.inward.clear()
    stage.outward.clear()
    if live:
        if not live.reap():
            stage.state.leftover.append(live.pid)
        if live.voice.pid:
            stage.state.leftover.append(live.voice.pid)
        live.close()
    stage.show_left()
    stage.events.mark("reaped")


def become_new(settings: Settings, state: State) -> None:
    """Start this program afresh in the same process: nothing in memory, registers or stack lives through that.

    The caller holds the signals back, and they stay pending. Returns only when the new image could not be started;
    then the old one goes on.
    """
    main = os.path.join(os.path.dirname(os.path.abspath(__file__)), "__main__.py")
    if not os.access(main, os.R_OK):
        return
    try:
        told = state.write()
    except OSError:
        return
    kept = [told, *settings.inherited, *state.descriptors]
    command = [sys.executable, "-I", "-S", main, "--settings", str(settings.fd), "--state", str(told)]
    for descriptor in kept:
        os.set_inheritable(descriptor, True)
    with contextlib.suppress(OSError):
        os.execve(command[0], command, {**os.environ, "LD_BIND_NOW": "1"})
    os.close(told)
