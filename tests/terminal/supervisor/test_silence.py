"""OR-08: silence ends a sitting, after a warning; a terminal's own reports are silence too."""

from __future__ import annotations

import os
import signal
import time

import pytest

from kiosk.supervisor import clock
from tests.terminal.supervisor.conftest import Start
from tests.terminal.supervisor.processes import children


def test_silence_warns_and_ends_the_sitting(start: Start) -> None:
    """P3, D12: idle ends in the same place as panic, and the sitting was warned first."""
    glass = start(idle_seconds=1.5, warn_seconds=1.0)
    first = glass.sitting()
    glass.until_event("standby-ready", 1)
    glass.type(b"words")
    place = glass.until(b"said=words")
    glass.until(b"warned=1=", place)
    glass.gone(first)
    glass.sitting(glass.until(b"\x18\x1b\\", place))
    assert not any("words" in line for line in glass.screen())


def test_reports_of_the_terminal_are_silence(start: Start) -> None:
    """D12: the mouse passing by and the terminal's replies do not keep a sitting open."""
    glass = start(idle_seconds=1.0, warn_seconds=0.5)
    first = glass.sitting()
    glass.type(b"words")
    place = glass.until(b"said=words")

    def reported() -> bool:
        glass.type(b"\x1b[<35;10;20M\x1b[I\x1b[?62;22c\x1b[12;40R\x1b]11;rgb:ff/ff/ff\x1b\\")
        time.sleep(0.05)
        return b"\x18\x1b\\" in glass.shown[place:]

    glass.wait(reported, "the end of the sitting")
    glass.gone(first)


def test_keys_put_the_end_off(start: Start) -> None:
    """D12: as long as somebody types, the sitting stays; the idle time counts from the last key."""
    glass = start(idle_seconds=1.5, warn_seconds=0.5)
    first = glass.sitting()
    for _ in range(30):
        glass.type(b"a")
        time.sleep(0.1)
    assert first in children(glass.pid)
    assert glass.events("panic") == 0
    glass.gone(first)


def test_esc_alone_puts_the_end_off(start: Start) -> None:
    """D12: esc is a key too, though at first it could be the head of another: it answers the warning."""
    glass = start(idle_seconds=3.0, warn_seconds=2.0)
    glass.sitting()
    glass.type(b"a")
    glass.until(b"warned=1=")
    glass.type(b"\x1b")
    glass.until(b"warned=2=")  # a silence of its own, warned of again before it ends


def test_nobody_there_is_no_silence(start: Start) -> None:
    """D12: the home page stays as it is while nobody has touched it."""
    glass = start(idle_seconds=0.3, warn_seconds=0.1)
    first = glass.sitting()
    glass.until_event("standby-ready", 1)
    time.sleep(1.5)
    assert glass.events("panic") == 0
    assert first in children(glass.pid)


def test_over_ssh_silence_counts_from_the_start(start: Start) -> None:
    """D12: where leaving ends the program, nobody at the keys ends it too."""
    glass = start(idle_seconds=1.0, warn_seconds=0.5, after_leaving="end")
    glass.until(b"warned=1=")
    assert glass.ended() == 0


@pytest.mark.parametrize("key", [b"", b"more", b"\x1b[24~", b"\x1b"])
def test_the_first_key_after_a_long_sleep_belongs_to_nobody(start: Start, key: bytes) -> None:
    """C4, K2: whoever wakes a machine that slept through the idle time is not in the sitting of who sat there."""
    glass = start(idle_seconds=0.8, warn_seconds=0.4)
    first = glass.sitting()
    glass.until_event("standby-ready", 1)
    glass.type(b"words")
    place = glass.until(b"said=words")
    os.kill(glass.pid, signal.SIGSTOP)
    slept = clock.now() + 1.0
    glass.wait(lambda: clock.now() > slept, "the end of the sleep")
    glass.type(key)
    os.kill(glass.pid, signal.SIGCONT)
    glass.gone(first)
    end = glass.until(b"\x18\x1b\\", place)
    glass.sitting(end)
    assert b"more" not in glass.shown[place:]
    assert not any("words" in line for line in glass.screen())
