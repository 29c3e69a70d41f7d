"""P3: terminals that vanish or do not read, and a supervisor that is killed."""

from __future__ import annotations

import os
import signal
import sys
import termios
import time

import pytest

from tests.terminal.supervisor.conftest import Start
from tests.terminal.supervisor.glass import MAIN
from tests.terminal.supervisor.test_endings import talk


@pytest.mark.parametrize("stopped", [False, True])
def test_vanished_terminal(start: Start, stopped: bool) -> None:
    """P3, C1: when the terminal is gone, so are all processes, a stopped one too."""
    glass = start()
    processes = talk(glass)
    if stopped:
        os.kill(processes[0], signal.SIGSTOP)
    glass.vanish()
    assert glass.ended() == 0
    for pid in processes:
        glass.gone(pid)


def test_vanished_terminal_with_hang_ups_ignored(start: Start) -> None:
    """P3: `nohup` keeps nobody alive on a terminal that is gone."""
    code = "import os, signal, sys; signal.signal(1, signal.SIG_IGN); os.execv(sys.argv[1], sys.argv[1:])"
    glass = start(program=[sys.executable, "-I", "-c", code, sys.executable, "-I", "-S", str(MAIN)])
    processes = talk(glass)
    glass.vanish()
    assert glass.ended() == 0
    for pid in processes:
        glass.gone(pid)


@pytest.mark.parametrize("how", ["", "stopped", "spinning"])
def test_supervisor_killed(start: Start, how: str) -> None:
    """P3, C3: the kernel kills every sitting whose supervisor is killed, even one that ignores every other signal."""
    glass = start("deaf-to-signals")
    processes = talk(glass)
    assert len(processes) == 2
    if how == "stopped":
        os.kill(processes[0], signal.SIGSTOP)
    elif how == "spinning":
        glass.type(b"\x13")
        time.sleep(0.2)
    os.kill(glass.pid, signal.SIGKILL)
    for pid in processes:
        glass.gone(pid)


def test_end_while_the_terminal_does_not_read(start: Start) -> None:
    """P3, B4: a stuck terminal does not keep the program from ending, and nothing old follows when it reads again."""
    glass = start()
    processes = talk(glass)
    glass.type(b"\x06")
    glass.until(b"secret words")
    glass.look_away()
    time.sleep(0.3)
    place = glass.mark()
    os.kill(glass.pid, signal.SIGTERM)
    assert glass.ended() == 0
    glass.look_again()
    cleared = glass.until(b"\x18\x1b\\", place)
    time.sleep(0.2)
    assert b"secret" not in glass.shown[cleared:]
    assert termios.tcgetattr(glass.slave) == glass.found
    for pid in processes:
        glass.gone(pid)
