"""How long a silence and a pause may be, by a clock that the test turns."""

from __future__ import annotations

import math

from kiosk.supervisor.idle import PAUSE_SECONDS, Idle


def test_silence_warns_and_ends() -> None:
    """OR-08: asleep until the first key; then the warning, and the end, count from the latest one."""
    idle = Idle(180, 30)
    assert idle.until_end(1000) == idle.until_warning(1000) == math.inf
    idle.touch(1000)
    assert (idle.until_warning(1000), idle.until_end(1000)) == (150, 180)
    idle.warned = True
    assert idle.until_warning(1160) == math.inf
    idle.touch(1160)
    assert (idle.until_warning(1160), idle.until_end(1160)) == (150, 180)


def test_a_pause_has_a_time_of_its_own() -> None:
    """MO-38: it warns of nothing, no key of a passer-by makes it longer, and it ends."""
    idle = Idle(180, 30)
    idle.touch(1000)
    idle.pause(1010)
    for now in (1100, 1500, 1800):
        idle.touch(now)
        assert idle.until_warning(now) == math.inf
        assert idle.until_end(now) == 1010 + PAUSE_SECONDS - now


def test_no_sitting_makes_its_pause_longer() -> None:
    """A sitting that says again and again that it is paused, or taken up, changes nothing without a key."""
    idle = Idle(180, 30)
    idle.pause(990)
    assert idle.until_end(990) == math.inf, "nobody is there yet"
    idle.touch(1000)
    idle.pause(1010)
    for now in (1200, 1400, 1700):
        idle.resume(now)
        idle.pause(now)
    assert idle.until_end(1700) == 1010 + PAUSE_SECONDS - 1700
    idle.touch(1701)
    idle.resume(1701)
    assert idle.until_end(1701) == 180


def test_the_next_visitor_begins_with_neither() -> None:
    """What is handed on is asleep."""
    idle = Idle(180, 30)
    idle.touch(1000)
    idle.pause(1010)
    idle.rest()
    assert idle.until_end(1011) == idle.until_warning(1011) == math.inf
