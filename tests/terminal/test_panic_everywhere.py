"""Leave now, from every page, in every encoding, whatever the sitting or the terminal is in the middle of (P2, P3)."""

from __future__ import annotations

import os
import signal

import pytest

from tests.terminal import proc
from tests.terminal.conftest import Start
from tests.terminal.keyboard import PANIC
from tests.terminal.left import Left
from tests.terminal.shared import Shared, field
from tests.terminal.way import W, awake, go, leave, routes, served, title

ENCODINGS = list(PANIC.values())
PAGES = list(routes("canary"))


@pytest.mark.parametrize("page", PAGES)
def test_at_every_page(shared: Shared, canary: str, page: str) -> None:
    """P2, D1: leave now works on every page and in every window, in one encoding after the other."""
    console = shared.at_home()
    steps = routes(canary)[page]
    go(console, steps)
    text = [] if page in ("home", "pause") else [steps[-1][1]]
    left = Left(console, *text)
    console.send(ENCODINGS[PAGES.index(page) % len(ENCODINGS)])
    left.check()
    shared.again()


def test_with_the_sitting_stopped(shared: Shared, canary: str) -> None:
    """P2, C4: a sitting that does not run at all is ended as fast; what it was sent before dies with it."""
    console = shared.at_home()
    field(console, canary)
    left = Left(console, canary)
    os.kill(left.live, signal.SIGSTOP)
    console.type("more")
    console.press("f12")
    left.check()
    shared.again()


def test_with_the_clerk_stopped(start_kiosk: Start) -> None:
    """P2, P8: while a number is coming, and does not come, leaving is as free as ever, and keeps nothing."""
    console = start_kiosk()
    go(console, routes("")["release"])
    console.send(b"2\r")
    clerk = int(console.wait(console.clerk_pids, "the clerk")[0])
    os.kill(clerk, signal.SIGSTOP)
    console.wait_for(W("number-coming"))
    left = Left(console, W("number-coming"))
    console.press("f12")
    left.check()
    os.kill(clerk, signal.SIGCONT)
    served(console)
    console.wait(lambda: not proc.alive(clerk), "the end of the clerk")
    assert console.kept() == []


def test_right_after_keep(start_kiosk: Start) -> None:
    """P8, D5: Keep and leave now in one packet: the record is stored whole or not at all, and its number is not
    shown.
    """
    console = start_kiosk()
    go(console, routes("")["review"])
    left = Left(console, title("review-title"))
    console.press("f10")
    console.press("f12")
    left.check()
    assert W("kept-title") not in console.screen_text()
    leave(console)
    console.press("ctrl+q")
    assert console.ended() == 0
    assert len(console.kept()) <= 1


def test_twice_in_a_row(shared: Shared, canary: str) -> None:
    """P2, D4: a second press, while the first one's end is under way, changes nothing about it."""
    console = shared.at_home()
    field(console, canary)
    left = Left(console, canary)
    console.press("f12")
    console.taken()
    console.press("f12")
    left.check()
    shared.again()


def test_held_down(shared: Shared, canary: str) -> None:
    """P2, A11: a key held down repeats; the home page stays, and the next visitor is served."""
    console = shared.at_home()
    field(console, canary)
    left = Left(console, canary)
    for _ in range(60):
        console.press("f12")
        console.taken()
    left.check()
    shared.again()


def test_keys_hit_after_it_reach_nobody(shared: Shared, canary: str) -> None:
    """D4: fingers go on after a panic; neither what is in the same packet nor what comes close behind is acted on."""
    console = shared.at_home()
    field(console, canary)
    left = Left(console, canary)
    console.send(PANIC["legacy"] + b"s\r\rs\r")
    console.taken()
    console.send(b"\r\rssc")
    left.check()
    awake(console)
    text = console.screen_text()
    assert title("leaving") not in text
    assert title("gate") not in text
    assert title("county-title") not in text
    shared.again()
