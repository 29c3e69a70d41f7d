"""P2: what comes around a panic: more panics, more keys, other sizes, no standby yet."""

from __future__ import annotations

import os
import signal
import sys
import termios
import time
from functools import partial
from itertools import pairwise

from kiosk.supervisor.stage import QUIET, SWALLOW
from tests.terminal.supervisor.conftest import Start
from tests.terminal.supervisor.glass import F12, MAIN, Glass
from tests.terminal.supervisor.processes import children
from tests.terminal.supervisor.test_panic import SPOKEN, see_next, talk

TRIALS = 20
UNTIL_QUIET = 1.0
"""Seconds in which nothing is typed, so that the keyboard counts as quiet again."""


def test_two_panics_in_a_row_repaint_and_end_nobody_else(start: Start) -> None:
    """A second panic within the moment in which keys are dropped shows the home page again, no more."""
    glass = start()
    first = talk(glass)
    place = glass.mark()
    glass.type(F12)
    time.sleep(0.05)
    glass.type(F12)
    second = see_next(glass, first, place)
    glass.until_event("panic", 2)
    glass.until_event("standby-ready", 2)
    assert glass.events("killed") == 1
    assert second in children(glass.pid)
    still = glass.mark()
    glass.wait(lambda: _types(glass, b"a", still), "typing")


def _types(glass: Glass, letter: bytes, place: int) -> bool:
    """Whether a letter typed now shows; keys may still be dropped."""
    glass.type(letter)
    end = time.monotonic() + UNTIL_QUIET
    while b"said=a" not in glass.shown[place:]:
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def test_panic_held_down(start: Start) -> None:
    """200 panic keys end one sitting, and the next stays."""
    glass = start()
    first = talk(glass)
    place = glass.mark()
    for _ in range(200):
        glass.type(F12)
        time.sleep(0.005)
    second = see_next(glass, first, place)
    glass.until_event("standby-ready", 2)
    glass.wait(lambda: _types(glass, b"a", place), "typing")
    assert glass.events("killed") == 1
    assert second in children(glass.pid)


def test_keys_mashed_after_panic_reach_nobody(start: Start) -> None:
    """What is typed in the rush after a panic is not typed into the next sitting."""
    glass = start()
    first = talk(glass)
    place = glass.mark()
    glass.type(F12 + b"mashed")
    for _ in range(10):
        glass.type(b"mash\r\x0c\x11\x1b[15~")
        time.sleep(0.01)
    second = see_next(glass, first, place)
    glass.until_event("standby-ready", 2)
    glass.wait(lambda: _types(glass, b"a", place), "typing")
    assert b"mash" not in glass.shown[place:]
    assert second in children(glass.pid)


def test_a_key_held_after_panic_reaches_nobody(start: Start) -> None:
    """Keys are dropped until the keyboard is quiet: one that is held down walks nowhere."""
    for _ in range(TRIALS):
        glass = start()
        first = talk(glass)
        place = glass.mark()
        pressed = [time.monotonic()]
        glass.type(F12)
        for pause in (0.05, 0.6, *[0.03] * 60):
            time.sleep(pause)
            glass.type(b"h")
            pressed.append(time.monotonic())
        glass.gone(first)
        glass.until_event("standby-ready", 2)
        if pressed[1] - pressed[0] < SWALLOW and max(b - a for a, b in pairwise(pressed)) < QUIET:
            glass.wait(partial(_types, glass, b"a", place), "typing")
            assert b"said=h" not in glass.shown[place:]
            return
    raise AssertionError("this machine never held a key down: it paused for longer than a quiet keyboard does")


def test_a_mouse_that_moves_is_no_keyboard(start: Start) -> None:
    """Motion holds nobody up: keys are dropped for a moment after the end, and then they are hers."""
    glass = start(columns=400)
    first = talk(glass)
    place = glass.mark()
    glass.type(F12)
    glass.gone(first)
    second = see_next(glass, first, place)
    for count in range(20):
        glass.type(b"\x1b[<35;%d;9M" % count)
        time.sleep(0.06)
    glass.type(b"a")
    glass.until(b"a=", place)
    assert second in children(glass.pid)


def test_a_key_held_over_the_end_reaches_no_shell(start: Start) -> None:
    """Where the end of a visit ends the program, the terminal is given back when the keyboard is quiet."""
    glass = start(after_leaving="end")
    glass.sitting()
    place = glass.mark()
    glass.type(F12)
    glass.until(b"Neutral page", place)
    for _ in range(60):
        glass.type(b"h")
        time.sleep(0.03)
    assert glass.process.poll() is None
    assert glass.ended() == 0


def test_something_lies_on_the_keyboard(start: Start) -> None:
    """A keyboard that is never quiet does not keep the program from its end."""
    glass = start(after_leaving="end")
    glass.sitting()
    glass.type(F12)

    def held() -> bool:
        glass.type(b"h")
        return glass.process.poll() is not None

    glass.wait(held, "the end")


def test_panic_before_the_standby_is_ready(start: Start, tmp_path: object) -> None:
    """With no standby ready the last home page stays, keys are dropped, and the next sitting takes over when it can."""
    slow = f"{tmp_path}/slow"
    glass = start(toy_env={"TOY_SLOW_IF": slow})
    first = talk(glass)
    with open(slow, "w"):
        pass
    glass.type(F12)
    glass.gone(first)
    glass.until_event("fresh-image", 2)
    second = glass.sitting(glass.until(b"\x18\x1b\\"))
    glass.wait(lambda: _types(glass, b"a", 0), "typing")
    place = glass.mark()
    glass.type(F12)
    glass.until_event("fresh-image", 3)
    glass.gone(second)
    glass.until(b"<home", place)
    assert not any("said=a" in line for line in glass.screen())
    handed = glass.events("handed")
    glass.type(b"lost words" + F12 + b"\x11")
    glass.until_event("panic", 3)
    glass.until_event("handed", handed + 1)
    third = glass.sitting(place)
    assert third not in (first, second)
    assert b"lost" not in glass.shown[place:]
    assert glass.events("killed") == 2


def test_panic_before_anything_is_painted(start: Start) -> None:
    """Panic in the very first moment shows the built-in page until a sitting is there."""
    glass = start("hangs")
    first = glass.wait(lambda: children(glass.pid), "a sitting")[0]
    glass.until(b"<home")
    place = glass.mark()
    glass.type(F12)
    glass.until(b"Neutral page", place)
    glass.gone(first)
    assert glass.process.poll() is None


def test_panic_in_a_storm_of_resizes(start: Start) -> None:
    """Resizes reach both sittings, sizes are clamped, and panic works in the middle of them."""
    glass = start(limits={"max_columns": 120, "max_rows": 50})
    first = talk(glass)
    for count in range(300):
        glass.size(20 + count % 150, 5 + count % 80)
        if count == 200:
            place = glass.mark()
            glass.type(F12)
    glass.size(300, 300)
    glass.gone(first)
    glass.until(b" 120x50>", place)
    glass.size(1, 1)
    glass.until_event("fresh-image", 2)
    glass.size(100, 30)
    glass.until(b"<live", place)
    glass.until(b" 100x30>", place)
    place = glass.mark()
    glass.wait(lambda: _panics(glass), "a handed-over terminal")
    glass.until(b" 100x30>", place)


def test_standby_that_changes_its_page_is_asked_for_it_again(start: Start) -> None:
    """What panic shows is the standby's latest page, though it changed after its first frame."""
    glass = start("second-thoughts")
    first = talk(glass)
    glass.until_event("standby-ready", 2)
    place = glass.mark()
    glass.type(F12)
    glass.gone(first)
    glass.until_event("handed", 1)
    page = glass.until(b"HOME", place)
    glass.until(b"<live", page)
    assert b"second thoughts" in glass.shown[page : glass.shown.index(b"<live", page)]


def test_stopped_and_continued(start: Start) -> None:
    """A supervisor that was stopped from outside makes the terminal raw again and has the page painted anew."""
    glass = start()
    talk(glass)
    os.kill(glass.pid, signal.SIGSTOP)
    termios.tcsetattr(glass.slave, termios.TCSANOW, glass.found)
    place = glass.mark()
    os.kill(glass.pid, signal.SIGCONT)
    glass.until(b"said=" + SPOKEN, place)
    assert not termios.tcgetattr(glass.slave)[3] & (termios.ICANON | termios.ECHO | termios.ISIG)


def test_keys_typed_before_the_start_reach_nobody(start: Start) -> None:
    """What stood on the command line's heels is not typed into the first sitting."""
    code = (
        "import os, sys, select; os.write(1, b'READY'); select.select([0], [], []); os.execv(sys.argv[1], sys.argv[1:])"
    )
    glass = start(program=[sys.executable, "-I", "-c", code, sys.executable, "-I", "-S", str(MAIN)])
    glass.until(b"READY")
    glass.type(b"early\n")
    glass.sitting()
    glass.type(b"later")
    glass.until(b"said=later=")


def _panics(glass: Glass) -> bool:
    glass.type(F12)
    time.sleep(UNTIL_QUIET)
    return glass.events("handed") >= 2
