"""When a sitting is started, and what happens when sittings die at their start."""

from __future__ import annotations

import os

from kiosk.supervisor import clock, news
from kiosk.supervisor.children import Sitting
from kiosk.supervisor.stage import ENVIRONMENT, ProgramEnds, SittingEnds
from kiosk.supervisor.standby import Standby

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kiosk.supervisor.stage import Stage

MOST_FAILURES = 5
"""Deaths at the start, one after the other, after which the program gives up."""

READY_TIME = 30.0
"""Seconds in which a sitting has to paint its first page."""

PROVEN_TIME = 2.0
"""Seconds with the terminal after which a sitting's death is no longer one at the start."""

_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 30.0
_CANNOT_START = "The kiosk cannot start a sitting. Run `kiosk doctor` to find out why."


def first(stage: Stage) -> None:
    """Start the very first sitting: it has the terminal from the beginning, and paints as soon as it can."""
    stage.terminal.drop_input()
    stage.terminal.paint(stage.neutral())
    if stage.settings.first:
        _adopt(stage, Sitting.from_json(stage.settings.first))
    else:
        _start_live(stage)


def _adopt(stage: Stage, sitting: Sitting) -> None:
    """Take over a sitting that the launcher started, and perhaps greeted, while it was still checking."""
    for descriptor in sitting.descriptors:
        os.set_inheritable(descriptor, False)
    sitting.resize(stage.size)
    stage.give_terminal(sitting)
    if sitting.greeted:
        sitting.say(b"l")


def keep_going(stage: Stage, now: float) -> None:
    """Start whoever is missing, and give up on whoever hangs."""
    state, live, standby = stage.state, stage.live, stage.standby
    if live and not stage.proven and live.ready and now - live.since > PROVEN_TIME:
        prove(stage)
    if live and not live.ready and now - live.since > READY_TIME:
        raise SittingEnds(crashed=True)
    if standby and not standby.sitting.ready and now - standby.sitting.since > READY_TIME:
        lose_standby(stage)
    elif standby:
        standby.ask(stage.size, now)
    elif now >= state.retry_at and (live is None or live.ready):
        if not stage.settings.ends:
            _start_standby(stage)
        elif live is None:
            _start_live(stage)


def until_next(stage: Stage, now: float) -> float:
    """Seconds until `keep_going` has something to do."""
    times = [5.0]
    if stage.live and not stage.proven:
        times.append(stage.live.since + (PROVEN_TIME if stage.live.ready else READY_TIME) - now)
    standby = stage.standby
    if standby is None:
        if stage.live is None or (stage.live.ready and not stage.settings.ends):
            times.append(stage.state.retry_at - now)
    elif not standby.sitting.ready:
        times.append(standby.sitting.since + READY_TIME - now)
    elif not standby.shows(stage.size):
        times.append(standby.next_ask() - now)
    return max(min(times), 0.0)


def prove(stage: Stage) -> None:
    """The live sitting works: what failed before counts no more."""
    stage.proven = True
    stage.state.failures = 0


def failed(stage: Stage) -> None:
    """A sitting died at its start: wait longer each time. Raises `ProgramEnds` when it happens again and again.

    Not while a visitor is there: that nobody can be made who would be next is not hers to feel.
    """
    state = stage.state
    state.failures += 1
    state.retry_at = clock.now() + min(_FIRST_PAUSE * 2 ** min(state.failures - 1, 16), _LONGEST_PAUSE)
    if state.failures >= MOST_FAILURES and (stage.live is None or not stage.proven):
        raise ProgramEnds(ENVIRONMENT, _CANNOT_START)


def lose_standby(stage: Stage) -> None:
    """The standby died or hangs: bury it; a visitor who is here notices nothing."""
    standby, stage.standby = stage.standby, None
    stage.state.standby = None
    if standby is None:
        return
    sitting = standby.sitting
    sitting.kill(wipe=False)
    if not sitting.reap():
        stage.state.leftover.append(sitting.pid)
    sitting.close()
    if sitting.ready:
        stage.state.retry_at = clock.now() + _FIRST_PAUSE
    else:
        failed(stage)


def _start(stage: Stage) -> Sitting | None:
    try:
        settings = stage.settings
        with news.opened(settings.news) as editions:
            return Sitting.start(
                settings.sitting, settings.snapshot_fd, stage.terminal.found, stage.size, clock.now(), editions
            )
    except OSError:
        failed(stage)
        return None


def _start_live(stage: Stage) -> None:
    sitting = _start(stage)
    if sitting:
        stage.give_terminal(sitting)


def _start_standby(stage: Stage) -> None:
    sitting = _start(stage)
    if sitting:
        stage.state.standby = sitting
        stage.standby = Standby(sitting, stage.state.frame)
