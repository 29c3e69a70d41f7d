"""Every signal, to the supervisor and to a sitting, a vanished terminal, a killed supervisor (P3; C1 to C3, C5)."""

from __future__ import annotations

import os
import random
import signal
from contextlib import suppress

import pytest

from tests.terminal import proc
from tests.terminal.conftest import Start
from tests.terminal.console import Console
from tests.terminal.left import Left
from tests.terminal.way import Steps, go, leave, routes, served

ENDING = (signal.SIGTERM, signal.SIGHUP, signal.SIGUSR2, signal.SIGALRM, signal.SIGABRT)
"""Signals at which the program ends in order."""
LEAVING = (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP, signal.SIGUSR1)
"""Signals at which the visit ends, and the program goes on."""
DEADLY = (signal.SIGKILL, signal.SIGSEGV, signal.SIGBUS)
"""Signals at which a process dies, or worse."""
NOBODYS = (signal.SIGPIPE, signal.SIGURG, signal.SIGWINCH, signal.SIGCONT)
"""Signals that change nothing."""
PAGES = ("county list", "first question", "section")


def page(canary: str, name: str) -> tuple[Steps, str]:
    """Return how to come to a page, and what is private on it."""
    steps = routes(canary)[name]
    return steps, steps[-1][1]


def came(start: Start, canary: str, name: str) -> tuple[Console, Left]:
    """Start a kiosk and come to a page."""
    console = start()
    steps, private = page(canary, name)
    go(console, steps)
    return console, Left(console, private)


@pytest.fixture(scope="module")
def one_kiosk(start_for_all: Start) -> Console:
    """One kiosk that has to live through everything that ends only a visit."""
    return start_for_all()


@pytest.fixture
def long_lived(one_kiosk: Console) -> Console:
    """The same, with its home page on the glass."""
    leave(one_kiosk)
    return one_kiosk


@pytest.mark.parametrize("number", LEAVING)
@pytest.mark.parametrize("name", PAGES)
def test_the_supervisor_is_signalled(long_lived: Console, canary: str, name: str, number: signal.Signals) -> None:
    """C1: these signals are panic: the visit ends, the kiosk stays."""
    steps, private = page(canary, name)
    go(long_lived, steps)
    left = Left(long_lived, private)
    long_lived.process.send_signal(number)
    left.check()


@pytest.mark.parametrize("number", (*LEAVING, *ENDING, *DEADLY))
@pytest.mark.parametrize("name", PAGES[:1])
def test_the_sitting_is_signalled(long_lived: Console, canary: str, name: str, number: signal.Signals) -> None:
    """C1, C2: whatever a sitting is sent, it is gone, the home page is back, and the kiosk stays."""
    steps, private = page(canary, name)
    go(long_lived, steps)
    left = Left(long_lived, private)
    os.kill(left.live, number)
    left.check()


@pytest.mark.parametrize("number", DEADLY)
def test_a_sitting_deep_in_a_plan_is_killed(long_lived: Console, canary: str, number: signal.Signals) -> None:
    """C2: the same with a field of the plan filled in."""
    steps, private = page(canary, "section")
    go(long_lived, steps)
    left = Left(long_lived, private)
    os.kill(left.live, number)
    left.check()


def test_the_next_visitor_is_served(long_lived: Console) -> None:
    """C1, C2: after all of these, the same kiosk serves the next visitor."""
    served(long_lived)


@pytest.mark.parametrize(
    ("name", "number"),
    [(name, number) for name in PAGES for number in ENDING if name == PAGES[0] or number in ENDING[:2]],
)
def test_the_program_is_ended(start_kiosk: Start, canary: str, name: str, number: signal.Signals) -> None:
    """C1, P3: glass and history are clear, the terminal's modes are as they were found, nobody is left, status 0."""
    console, left = came(start_kiosk, canary, name)
    everybody = proc.family(console.pid)
    console.process.send_signal(number)
    assert console.ended() == 0
    left.check_cleared()
    assert console.screen_text() == ""
    assert console.history_text() == ""
    assert console.modes_now() == console.modes
    for pid in everybody:
        console.gone(pid)


@pytest.mark.parametrize("number", NOBODYS)
def test_other_signals(long_lived: Console, number: signal.Signals) -> None:
    """C1: what is nobody's signal leaves the kiosk as it is."""
    long_lived.process.send_signal(number)
    served(long_lived)


def test_a_burst_of_signals(long_lived: Console, canary: str) -> None:
    """C5: a hundred signals in a row, to both, are one clean end and no more."""
    chance = random.Random(20260729)
    steps, private = page(canary, "county list")
    go(long_lived, steps)
    left = Left(long_lived, private)
    for _ in range(100):
        number = chance.choice(LEAVING)
        with suppress(ProcessLookupError):  # a sitting that the signal before this one has ended
            os.kill(chance.choice((long_lived.pid, *long_lived.sitting_pids())), number)
    left.check()
    served(long_lived)


@pytest.mark.parametrize("name", PAGES)
def test_the_terminal_vanishes(start_kiosk: Start, canary: str, name: str) -> None:
    """P3, C1: when the terminal is gone, so is everybody who was on it."""
    console, _ = came(start_kiosk, canary, name)
    everybody = [console.pid, *proc.family(console.pid)]
    assert len(everybody) >= 2
    console.vanish()
    assert console.ended() in (0, -signal.SIGHUP)
    for pid in everybody:
        console.gone(pid)


@pytest.mark.parametrize("name", ("section", "review"))
def test_the_supervisor_is_killed(start_kiosk: Start, canary: str, name: str) -> None:
    """C3: no sitting outlives a supervisor that was killed outright; a clerk ends by itself and keeps nothing."""
    console, _ = came(start_kiosk, canary, name)
    everybody = proc.family(console.pid)
    assert any(pid in everybody for pid in console.sitting_pids())
    os.kill(console.pid, signal.SIGKILL)
    assert console.ended() == 70
    for pid in everybody:
        console.gone(pid)
    assert console.kept() == []
