"""P3: every way the program ends leaves nobody behind, a clear glass and the terminal as it was found."""

from __future__ import annotations

import array
import fcntl
import os
import signal
import sys
import termios
import time

import pytest

from tests.terminal.supervisor.conftest import Start
from tests.terminal.supervisor.glass import F12, ROOT, Glass
from tests.terminal.supervisor.processes import children

ENDING = sorted(
    signal.valid_signals()
    - set(range(signal.SIGRTMIN + 1, signal.SIGRTMAX))
    - {signal.SIGKILL, signal.SIGSTOP, signal.SIGSEGV, signal.SIGBUS, signal.SIGFPE, signal.SIGILL}
    - {signal.SIGUSR1, signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP, signal.SIGCHLD, signal.SIGCONT, signal.SIGWINCH}
    - {signal.SIGPIPE, signal.SIGTTIN, signal.SIGTTOU, signal.SIGXFSZ, signal.SIGURG}
)
CLEARED = b"\x1b[?1049l\x1b[0m\x1b[r\x1b[?7h\x1b[?25h\x1b[2J\x1b[3J\x1b[H"


def talk(glass: Glass) -> list[int]:
    """Get a sitting, a standby where one is kept, and typed words; return the processes."""
    glass.sitting()
    if glass.keeps_standby:
        glass.until_event("standby-ready", 1)
    glass.type(b"he found me")
    glass.until(b"said=he found me")
    return children(glass.pid)


def nothing_left(glass: Glass, processes: list[int], sentence: bytes = b"") -> None:
    """See everybody gone, screen and history cleared, and the modes exactly as they were found."""
    for pid in processes:
        glass.gone(pid)
    assert bytes(glass.shown).endswith(CLEARED + sentence)
    assert termios.tcgetattr(glass.slave) == glass.found
    assert "found" not in "".join(glass.screen())


def unread(glass: Glass) -> int:
    """Bytes that a shell on this terminal would now read."""
    modes = termios.tcgetattr(glass.slave)
    modes[3] &= ~termios.ICANON
    termios.tcsetattr(glass.slave, termios.TCSANOW, modes)
    count = array.array("i", [0])
    fcntl.ioctl(glass.slave, termios.FIONREAD, count)
    return count[0]


@pytest.mark.parametrize("number", ENDING)
def test_signals_that_end_the_program(start: Start, number: int) -> None:
    """P3: whatever signal would kill the program ends it in order, with status 0."""
    glass = start()
    processes = talk(glass)
    os.kill(glass.pid, number)
    assert glass.ended() == 0
    nothing_left(glass, processes)


def test_keys_not_yet_read_are_dropped_at_the_end(start: Start) -> None:
    """What was typed and never read does not reach whoever reads this terminal next."""
    glass = start()
    talk(glass)
    os.kill(glass.pid, signal.SIGSTOP)
    assert os.write(glass.master, b"rm -r *\r" * 2500) > 4096  # more than one read takes
    os.kill(glass.pid, signal.SIGTERM)
    os.kill(glass.pid, signal.SIGCONT)
    assert glass.ended() == 0
    assert unread(glass) == 0


def test_operator_quits(start: Start) -> None:
    """Ctrl+Q on the home page, passed on by the sitting, ends the kiosk with status 0."""
    glass = start()
    processes = talk(glass)
    glass.type(b"\x11")
    assert glass.ended() == 0
    nothing_left(glass, processes)


def test_quit_can_be_turned_off(start: Start) -> None:
    """With `quit = false` the same leads to the next sitting."""
    glass = start(quit=False)
    talk(glass)
    glass.type(b"\x11still here")
    glass.until(b"still here=")
    assert glass.process.poll() is None


@pytest.mark.parametrize(("key", "status"), [(b"\x18", 0), (b"\x05", 3), (b"\x0c", 0), (b"\x11", 0)])
def test_programs_that_end_themselves(start: Start, key: bytes, status: int) -> None:
    """Set-up and desk end with done (0) or refused (3); leaving ends them too."""
    glass = start(standby=False, after_leaving="end")
    processes = talk(glass)
    assert len(processes) == 1
    glass.type(key)
    assert glass.ended() == status
    nothing_left(glass, processes)


@pytest.mark.parametrize("key", [F12, b"\x0c"], ids=["panic", "leaving"])
def test_where_leaving_ends_the_program(start: Start, key: bytes) -> None:
    """Over SSH panic paints the neutral page, ends the program, and mashed keys reach no shell."""
    glass = start(after_leaving="end")
    processes = talk(glass)
    place = glass.mark()
    glass.type(key)
    glass.until(b"Neutral page", place)
    for _ in range(10):
        glass.type(b"rm -r *\r")
        time.sleep(0.01)
    assert glass.ended() == 0
    nothing_left(glass, processes)
    assert unread(glass) == 0


def test_crash_where_leaving_ends_the_program(start: Start) -> None:
    """A sitting that dies by itself over SSH: nothing of it is shown, what is typed on reaches no shell, status 70."""
    glass = start(after_leaving="end")
    processes = talk(glass)
    place = glass.mark()
    glass.type(b"\x04")
    glass.until(b"Neutral page", place)
    for _ in range(10):
        glass.type(b"he lives at\r")
        time.sleep(0.01)
    assert glass.ended() == 70
    nothing_left(glass, processes, b"The kiosk met a fault of its own and has ended.\r\n")
    assert unread(glass) == 0


def test_fault_of_the_supervisor_itself(start: Start) -> None:
    """An exception in the supervisor ends everybody, clears the glass, and tells nothing: status 70."""
    code = (
        f"import sys; sys.path.append({str(ROOT)!r});"
        "from kiosk.supervisor import idle, supervising\n"
        "def touch(self, now): raise ValueError('he found me')\n"
        "idle.Idle.touch = touch\n"
        "supervising.supervise(int(sys.argv[2]), -1)"
    )
    glass = start(program=[sys.executable, "-I", "-S", "-c", code])
    glass.sitting()
    glass.until_event("standby-ready", 1)
    processes = children(glass.pid)
    place = glass.mark()
    glass.type(b"a")
    assert glass.ended() == 70
    assert b"found" not in glass.shown[place:]
    assert b"Error" not in glass.shown[place:]
    nothing_left(glass, processes, b"The kiosk met a fault of its own and has ended.\r\n")
