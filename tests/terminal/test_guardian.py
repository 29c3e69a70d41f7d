"""S5, P3: a supervisor that is killed leaves nothing on the glass; the guardian passes everything else on."""

from __future__ import annotations

import os
import signal
import subprocess
import termios

import pytest

from kiosk.supervisor import guardian
from tests.terminal import proc
from tests.terminal.conftest import Start
from tests.terminal.left import Left
from tests.terminal.test_ends import came, page
from tests.terminal.way import go, leave, routes

KILLED = (signal.SIGKILL, signal.SIGSEGV, signal.SIGBUS, signal.SIGILL, signal.SIGFPE)


@pytest.mark.parametrize("number", KILLED)
def test_a_killed_supervisor_leaves_a_clear_glass(start_kiosk: Start, canary: str, number: signal.Signals) -> None:
    """P3: glass, history and modes, on both screens, whatever killed it; nobody is left; status 70."""
    console, left = came(start_kiosk, canary, "section")
    everybody = proc.family(console.process.pid)
    os.kill(console.pid, number)
    assert console.ended() == 70
    left.check_cleared()
    assert canary not in console.screen_text() + console.history_text()
    assert "met a fault of its own" in console.screen_text()
    assert console.modes_now() == console.modes
    for pid in everybody:
        console.gone(pid)
    assert console.kept() == []


def test_in_a_later_image_too(start_kiosk: Start, canary: str) -> None:
    """The supervisor becomes a new image after each visit; the guardian stays the same and goes on watching."""
    console = start_kiosk()
    first = (console.process.pid, console.pid)
    for _ in range(2):
        go(console, routes(canary)["county list"])
        leave(console)
    steps, private = page(canary, "section")
    go(console, steps)
    assert proc.children(first[0]) == [first[1]]
    left = Left(console, private)
    os.kill(console.pid, signal.SIGKILL)
    assert console.ended() == 70
    left.check_cleared()


def test_killed_while_it_starts(start_kiosk: Start) -> None:
    """Killed before it has the terminal, it leaves that as it was found."""
    console = start_kiosk("run", "--practice")
    os.kill(console.pid, signal.SIGKILL)
    assert console.ended() == 70
    assert console.modes_now() == console.modes


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV])
def test_without_its_guardian_it_ends(start_kiosk: Start, canary: str, number: signal.Signals) -> None:
    """A killed guardian takes the program with it, in order: nobody types into a kiosk that a shell is beside."""
    console, left = came(start_kiosk, canary, "section")
    everybody = [console.pid, *proc.family(console.pid)]
    os.kill(console.process.pid, number)
    for pid in everybody:
        console.gone(pid)
    left.check_cleared()
    console.wait(lambda: console.modes_now() == console.modes, "the terminal's modes")


def test_it_is_a_few_lines_of_shell(start_kiosk: Start) -> None:
    """It holds nothing of the kiosk but one end of a pipe, and is no Python any more."""
    console = start_kiosk()
    command = proc.command(console.process.pid).split(b"\0")
    assert command[0] == guardian.NAME.encode() and b"python" not in command[0]
    assert len(command[2].splitlines()) < 20
    held = os.listdir(f"/proc/{console.process.pid}/fd")
    assert len(held) <= 5


def test_modes_are_told_as_stty_tells_them() -> None:
    """The words that the guardian gives back are those that `stty -g` would have taken down."""
    master, slave = os.openpty()
    told = subprocess.run(["stty", "-g"], stdin=slave, capture_output=True, text=True, check=True).stdout.strip()
    assert guardian.as_words(termios.tcgetattr(slave)) == told
    os.close(master)
    os.close(slave)
