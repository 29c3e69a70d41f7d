"""The poll loop: the terminal first, then signals, then the sittings; it never waits for any of them."""

from __future__ import annotations

import math
import select
import signal

from kiosk.supervisor import clock, messages, processes, signals, starting
from kiosk.supervisor.stage import DONE, ProgramEnds, SittingEnds
from kiosk.supervisor.terminal import TerminalGone

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kiosk.supervisor.children import Sitting
    from kiosk.supervisor.signals import Signals
    from kiosk.supervisor.stage import Stage

_IN, _OUT, _HUNG_UP = select.POLLIN, select.POLLOUT, select.POLLHUP | select.POLLERR


class Loop:
    """Runs until the live sitting ends (`SittingEnds`), the program does (`ProgramEnds`), or the terminal is gone."""

    __slots__ = ("_alarm", "_poll", "_signals", "_stage", "_swallowed", "_told", "_watched")

    def __init__(self, stage: Stage, heard: Signals) -> None:
        self._stage = stage
        self._signals = heard
        self._poll = select.poll()
        self._alarm = clock.Alarm()
        self._swallowed = False
        self._watched: dict[int, int] = {}
        self._told: object = None

    def run(self) -> None:
        """Turn for ever; leaves only by an exception."""
        try:
            while True:
                self._turn()
        finally:
            self._alarm.close()

    def _turn(self) -> None:
        """Wait for whatever comes first, and act on all that came."""
        self._watch()
        ready = dict(self._poll.poll(self._timeout()))
        if self._alarm.fd in ready:
            self._alarm.heard()
        # before any key: the first one after a long sleep is somebody else's
        self._end_of_silence(clock.now())
        self._terminal(ready)
        if self._signals.fd in ready:
            self._heed(self._signals.read())
        if self._stage.live:
            self._live(self._stage.live, ready)
        self._standby(ready)
        now = clock.now()
        self._stage.watchdog.say(now)
        starting.keep_going(self._stage, now)
        self._silence(now)

    def _watch(self) -> None:
        """Tell the kernel what we wait for, where that changed."""
        stage = self._stage
        live, standby = stage.live, stage.standby
        blocked = bool(stage.terminal.owed) or stage.outward.waiting
        told = (blocked, stage.inward.waiting, _lines(live), _lines(standby.sitting if standby else None))
        if told == self._told:  # nearly always, and every key is waiting for this
            return
        self._told = told
        wanted = self._wanted(blocked=blocked)
        for fd in self._watched.keys() - wanted.keys():
            self._poll.unregister(fd)
        for fd, mask in wanted.items():
            if self._watched.get(fd) != mask:
                self._poll.register(fd, mask)
        self._watched = wanted

    def _wanted(self, *, blocked: bool) -> dict[int, int]:
        stage = self._stage
        wanted = {stage.terminal.fd: _IN | (_OUT if blocked else 0), self._signals.fd: _IN, self._alarm.fd: _IN}
        live = stage.live
        if live:
            wanted |= dict.fromkeys(_lines(live), _IN)
            wanted[live.master] = (0 if blocked else _IN) | (_OUT if stage.inward.waiting else 0)
        if stage.standby:
            wanted |= dict.fromkeys(_lines(stage.standby.sitting), _IN)
        wanted.pop(-1, None)
        return wanted

    def _timeout(self) -> int:
        now = clock.now()
        stage = self._stage
        silence = min(stage.idle.until_warning(now), stage.idle.until_end(now))
        self._alarm.by(now + silence)
        seconds = min(starting.until_next(stage, now), silence, stage.watchdog.until_next(now))
        return max(math.ceil(seconds * 1000), 0)

    def _terminal(self, ready: dict[int, int]) -> None:
        stage = self._stage
        mask = ready.get(stage.terminal.fd, 0)
        if mask & _IN:
            self._typed()
        elif mask & _HUNG_UP:
            raise TerminalGone
        if mask & _OUT:
            stage.terminal.push()
            stage.outward.push(stage.terminal)

    def _typed(self) -> None:
        """Read what was typed: panic before anything else, then idle time, then the sitting."""
        stage = self._stage
        # the tail of a key that began while keys were dropped is dropped with it
        swallowing = stage.swallowing or (self._swallowed and not stage.inward.recogniser.between_keys)
        self._swallowed = swallowing
        if stage.inward.read(stage.terminal, clock.now()):
            stage.inward.swallow()
            self.panic()
        elif swallowing or stage.live is None:
            stage.inward.swallow()
            stage.swallow_on(clock.now())
        else:
            if stage.inward.recogniser.active:
                stage.idle.touch(clock.now())
                if stage.live.ready:
                    starting.prove(stage)
            stage.inward.pass_on(stage.live.master)

    def panic(self) -> None:
        """End the sitting, or only repaint where the last one's end is but a moment ago. Raises `SittingEnds`."""
        if self._stage.swallowing and not self._stage.settings.ends:
            self._stage.repaint()
        else:
            raise SittingEnds

    def _heed(self, came: frozenset[int]) -> None:
        stage = self._stage
        if came & signals.ENDING:
            raise ProgramEnds(DONE)
        if came & signals.PANIC:
            self.panic()
        if signal.SIGCONT in came:
            stage.terminal.raw()
            stage.want_whole_frame()
        if signal.SIGWINCH in came:
            stage.resize()
        if signal.SIGCHLD in came:
            stage.state.leftover = [pid for pid in stage.state.leftover if not processes.reap(pid)]

    def _live(self, live: Sitting, ready: dict[int, int]) -> None:
        stage = self._stage
        if live.control in ready:
            messages.from_live(stage, live)
        if live.pidfd in ready:
            raise SittingEnds(crashed=True)
        mask = ready.get(live.master, 0)
        if mask & _OUT:
            stage.inward.push(live.master)
        if mask & _IN and not stage.outward.waiting:
            muted = clock.now() < live.muted_until
            if not stage.outward.pull(live.master, stage.terminal, muted=muted):
                raise SittingEnds(crashed=True)
        elif mask & _HUNG_UP:
            raise SittingEnds(crashed=True)

    def _standby(self, ready: dict[int, int]) -> None:
        standby = self._stage.standby
        if standby is None:
            return
        sitting = standby.sitting
        if sitting.pidfd in ready or (sitting.master in ready and not standby.read()):
            starting.lose_standby(self._stage)
        elif sitting.control in ready:
            messages.from_standby(self._stage)

    def _silence(self, now: float) -> None:
        """Say once that the sitting will end for want of keys, and end it in time."""
        self._end_of_silence(now)
        stage = self._stage
        if stage.live and stage.idle.until_warning(now) <= 0:
            stage.idle.warned = True
            stage.live.say(b"w")

    def _end_of_silence(self, now: float) -> None:
        """Raise `SittingEnds` where nobody has touched a key for too long; an Esc that nothing followed is a touch."""
        idle = self._stage.idle
        if min(idle.until_warning(now), idle.until_end(now)) > 0:
            return
        lone = self._stage.inward.recogniser.lone_escape()
        if lone is not None:
            idle.touch(lone)
        if idle.until_end(now) <= 0:
            raise SittingEnds


def _lines(sitting: Sitting | None) -> tuple[int, ...]:
    """The descriptors of a sitting that are waited for; none of nobody."""
    return (sitting.master, sitting.control, sitting.pidfd) if sitting else ()
