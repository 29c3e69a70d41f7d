"""P2: the panic key, in every state of sitting and terminal."""

from __future__ import annotations

import os
import signal
import termios
import time

import pytest

from tests.terminal.supervisor.conftest import Start
from tests.terminal.supervisor.glass import F12, Glass

SPOKEN = b"he found me"


def talk(glass: Glass) -> int:
    """Get a sitting, a standby and some typed words on the glass; return the sitting's process id."""
    first = glass.sitting()
    glass.until_event("standby-ready", 1)
    glass.type(SPOKEN)
    glass.until(b"said=" + SPOKEN)
    return first


def see_next(glass: Glass, first: int, place: int) -> int:
    """See sitting `first` ended, nothing of it on the glass, and the next one at home; return that one."""
    glass.gone(first)
    second = glass.sitting(glass.until(b"\x18\x1b\\", place))
    assert second != first
    glass.wait(lambda: any("HOME" in line for line in glass.screen()), "the home page")
    assert not any("found" in line for line in glass.screen())
    return second


KEYS = {
    "F12": [F12],
    "F12 byte by byte": [F12[place : place + 1] for place in range(len(F12))],
    "kitty with num lock": [b"\x1b[24;129~"],
    "Esc three times": [b"\x1b"] * 3,
    "Esc three times at once": [b"\x1b\x1b\x1b"],
    "in an open paste": [b"\x1b[200~words", F12],
    "in half a letter": [b"\xf0\x9f", F12],
    "in half a reply": [b"\x1b]11;rgb:00", F12],
    "the chosen key": [b"\x02"],
    "the chosen key, kitty": [b"\x1b[98;5u"],
}


@pytest.mark.parametrize("keys", KEYS.values(), ids=KEYS)
def test_panic_hands_over_to_the_painted_standby(start: Start, keys: list[bytes]) -> None:
    """P2: panic clears the screen, ends the sitting, and the next one has the terminal."""
    glass = start(panic_key="ctrl+b")
    first = talk(glass)
    place = glass.mark()
    for part in keys:
        glass.type(part)
        time.sleep(0.02)
    see_next(glass, first, place)
    glass.until_event("standby-ready", 2)
    assert [name for name, _ in glass.happened if name != "standby-ready"] == [
        "fresh-image",
        "panic",
        "painted",
        "killed",
        "reaped",
        "handed",
        "fresh-image",
    ]
    cleared = glass.shown.index(b"\x18\x1b\\", place)
    assert cleared - place <= 4096  # what the kernel had handed over to the terminal's side already
    assert glass.shown.index(b"\x1b[2J\x1b[3J\x1b[H", cleared) < glass.shown.index(b"HOME", cleared)


STATES = {"spinning": b"\x13", "not reading": b"\x10", "flooding": b"\x06", "stopped": b""}


@pytest.mark.parametrize("key", STATES.values(), ids=STATES)
@pytest.mark.parametrize("toy", ["", "deaf-to-signals"])
def test_panic_whatever_the_sitting_does(start: Start, key: bytes, toy: str) -> None:
    """P2: a sitting that spins, hangs, floods, is stopped or ignores every signal ends like any other."""
    glass = start(toy)
    first = talk(glass)
    glass.type(key)
    if key == b"\x10":
        glass.until(b"STUCK")
        glass.type(b"x" * 1_500_000)  # more than is ever kept for it
    elif key == b"\x06":
        glass.until(b"secret words")
    elif not key:
        os.kill(first, signal.SIGSTOP)
    place = glass.mark()
    glass.type(F12)
    glass.until_event("handed", 1)
    see_next(glass, first, place)
    assert b"secret" not in glass.shown[glass.shown.rindex(b"\x18\x1b\\") :]


@pytest.mark.parametrize("flood", [True, False], ids=["flooded", "quiet"])
def test_panic_while_the_terminal_does_not_read(start: Start, flood: bool) -> None:
    """P2: with a stuck terminal the sitting still dies, and nothing old follows the cleared screen."""
    glass = start()
    first = talk(glass)
    if flood:
        glass.type(b"\x06")
        glass.until(b"secret words")
    glass.look_away()
    time.sleep(0.3)
    place = glass.mark()
    glass.type(F12)
    glass.until_event("reaped", 1)
    glass.gone(first)
    glass.look_again()
    see_next(glass, first, place)
    cleared = glass.shown.index(b"\x18\x1b\\", place)
    assert cleared - place <= 4096  # what the kernel had handed over to the terminal's side already
    assert b"secret" not in glass.shown[cleared:]


def test_home_page_is_whole_after_a_terminal_did_not_read(start: Start) -> None:
    """P2: what a stuck terminal could not take of the home page follows when it reads again, through the new image."""
    glass = start("big")
    glass.sitting()
    glass.until_event("standby-ready", 1)
    glass.look_away()
    place = glass.mark()
    glass.type(F12)
    glass.until_event("fresh-image", 2)
    glass.look_again()
    cleared = glass.until(b"\x18\x1b\\", place)
    page = glass.shown[cleared : glass.until(b"<home", cleared)]
    assert page.count(b"large page ") == 20000


def test_panic_while_scroll_lock_is_on(start: Start) -> None:
    """P2: a console whose output Scroll Lock stopped is cleared like any other."""
    glass = start()
    first = talk(glass)
    # a pseudo-terminal has no such key: Ctrl+S, where the terminal heeds it, stops it the same way in the kernel
    modes = termios.tcgetattr(glass.slave)
    modes[0] |= termios.IXON
    termios.tcsetattr(glass.slave, termios.TCSANOW, modes)
    glass.type(b"\x13and more")
    place = glass.mark()
    glass.type(F12)
    see_next(glass, first, place)


@pytest.mark.parametrize("number", [signal.SIGUSR1, signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP])
def test_signals_that_are_panic(start: Start, number: signal.Signals) -> None:
    """`kiosk panic` and the signals of keys end the sitting as the panic key does, and the kiosk goes on."""
    glass = start()
    first = talk(glass)
    place = glass.mark()
    os.kill(glass.pid, number)
    see_next(glass, first, place)
    assert glass.process.poll() is None


ENDS = {
    "leaving": b"\x0c",
    "crash": b"\x04",
    "closing its terminal": b"\x1a",
    "done, which is only for set-up": b"\x18",
}


@pytest.mark.parametrize("key", ENDS.values(), ids=ENDS)
def test_other_ends_of_a_sitting(start: Start, key: bytes) -> None:
    """P3: leaving and dying come to the same end as panic."""
    glass = start()
    first = talk(glass)
    place = glass.mark()
    glass.type(key)
    see_next(glass, first, place)
    assert glass.process.poll() is None


def test_killed_from_outside(start: Start) -> None:
    """P3: a sitting that the kernel kills is followed by a clean home page."""
    glass = start()
    first = talk(glass)
    place = glass.mark()
    os.kill(first, signal.SIGKILL)
    see_next(glass, first, place)
