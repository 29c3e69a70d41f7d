"""K2: what wakes the supervisor when a machine comes back from its sleep."""

from __future__ import annotations

import fcntl
import os
import select
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from kiosk.supervisor import clock
from kiosk.supervisor.home_frame import Frame
from kiosk.supervisor.loop import Loop
from kiosk.supervisor.settings import Settings
from kiosk.supervisor.signals import Signals
from kiosk.supervisor.stage import SittingEnds, Stage
from kiosk.supervisor.state import State
from kiosk.supervisor.terminal import Terminal
from tests.terminal.supervisor.told import settings

_POLL = select.poll


class NoSignals:
    """Signals that never come."""

    def __init__(self) -> None:
        self.fd, self.other = os.pipe()

    def read(self) -> frozenset[int]:
        """Nothing."""
        return frozenset()


class Asleep:
    """A poll whose patience does not run down: so long does a sleeping machine make it."""

    def __init__(self) -> None:
        self._poll = _POLL()
        self.register, self.unregister = self._poll.register, self._poll.unregister

    def poll(self, _: int) -> list[tuple[int, int]]:
        """Wait for a descriptor alone."""
        found = self._poll.poll(20_000)
        assert found, "nothing but patience would have woken it"
        return found


@pytest.fixture
def terminal() -> Iterator[tuple[int, Terminal]]:
    """A terminal, raw, and the other end of it."""
    master, slave = os.openpty()
    made = Terminal(slave, termios.tcgetattr(slave), b"")
    made.raw()
    yield master, made
    os.close(master)
    os.close(slave)


@pytest.fixture
def stage(terminal: tuple[int, Terminal]) -> Iterator[Stage]:
    """What a supervisor holds on that terminal while nobody is there yet."""
    frame = Frame()
    told = settings({"idle_seconds": 0.3, "warn_seconds": 0, "standby": False, "after_leaving": "end"}, "", -1)
    made = Stage(Settings(told, -1), State(terminal[1], frame, (80, 24)))
    made.state.retry_at = float("inf")
    yield made
    os.close(frame.fd)


def test_an_alarm_goes_by_the_time_that_runs_in_a_sleep() -> None:
    """K2: the kernel rings it by CLOCK_BOOTTIME, which counts the hours under a closed lid."""
    alarm = clock.Alarm()
    told = Path(f"/proc/self/fdinfo/{alarm.fd}").read_text()
    alarm.close()
    assert f"clockid: {time.CLOCK_BOOTTIME}\n" in told


@pytest.mark.parametrize(
    "wanted", [lambda now: [now - 3600], lambda now: [now + 900, now + 0.05], lambda now: [now + 0.05, now + 900]]
)
def test_an_alarm_rings_by_the_earliest_time_asked_for(wanted: Callable[[float], list[float]]) -> None:
    """K2: one that was slept through rings at once, a later wish puts off no earlier one, and it rings once."""
    alarm = clock.Alarm()
    for at in wanted(clock.now()):
        alarm.by(at)
    assert select.select([alarm.fd], [], [], 20.0)[0]
    alarm.heard()
    assert not select.select([alarm.fd], [], [], 0)[0]
    alarm.close()


def test_silence_ends_a_sitting_when_the_poll_does_not_wake(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """K2: hours of sleep are hours of silence: the sitting ends by the alarm, without a key and without patience."""
    monkeypatch.setattr(select, "poll", Asleep)
    loop = Loop(stage, cast(Signals, cast(Any, NoSignals())))
    stage.idle.touch(clock.now())
    with pytest.raises(SittingEnds):
        loop.run()


def test_without_an_alarm_patience_is_left(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """K2: a kernel that gives none leaves the poll's own patience, and silence still ends the sitting."""
    monkeypatch.setattr(clock.Alarm, "__init__", lambda self: setattr(self, "fd", -1))
    monkeypatch.setattr(clock.Alarm, "by", lambda self, at: None)
    loop = Loop(stage, cast(Signals, cast(Any, NoSignals())))
    stage.idle.touch(clock.now())
    with pytest.raises(SittingEnds):
        loop.run()


def test_a_key_that_comes_after_the_silence_is_not_read(stage: Stage, terminal: tuple[int, Terminal]) -> None:
    """K2: the first key after a long sleep is somebody else's: the sitting has ended before anybody looks at it."""
    master, glass = terminal
    os.write(master, b"m")
    assert select.select([glass.fd], [], [], 20.0)[0]
    stage.idle.touch(clock.now() - 3600)
    with pytest.raises(SittingEnds):
        Loop(stage, cast(Signals, cast(Any, NoSignals()))).run()
    waiting = fcntl.ioctl(glass.fd, termios.FIONREAD, bytes(4))
    assert int.from_bytes(waiting, sys.byteorder) == 1
