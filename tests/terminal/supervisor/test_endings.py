"""P3: every way the program ends leaves nobody behind, a clear glass and the terminal as it was found."""

from __future__ import annotations

import array
import fcntl
import os
import signal
import sys
import termios
import time
from pathlib import Path

import pytest

from tests.terminal.supervisor.conftest import F12, MAIN, ROOT, Glass, Start, alive, children

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
    """A sitting that dies by itself over SSH: nothing of it is shown, one sentence, status 70."""
    glass = start(after_leaving="end")
    processes = talk(glass)
    glass.type(b"\x04")
    assert glass.ended() == 70
    nothing_left(glass, processes, b"The kiosk met a fault of its own and has ended.\r\n")


@pytest.mark.parametrize("stopped", [False, True])
def test_vanished_terminal(start: Start, stopped: bool) -> None:
    """P3: when the terminal is gone, so are all processes, a stopped one too."""
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
    """P3: the kernel kills every sitting whose supervisor is killed, even one that ignores every other signal."""
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
    """P3: a stuck terminal does not keep the program from ending, and nothing old follows when it reads again."""
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


@pytest.mark.parametrize("toy", ["dies", "dies-live"])
@pytest.mark.parametrize("after", ["home", "end"])
def test_sittings_that_die_at_their_start(start: Start, toy: str, after: str) -> None:
    """When no sitting lives, the kiosk says so in one sentence and ends with status 4."""
    glass = start(toy, after_leaving=after)
    assert glass.ended() == 4
    nothing_left(glass, [], b"The kiosk cannot start a sitting. Run `kiosk doctor` to find out why.\r\n")
    assert glass.events("panic") >= 5 if after == "end" else glass.events("panic") >= 2


def test_standby_that_cannot_start_leaves_the_visitor_alone(start: Start, tmp_path: Path) -> None:
    """A standby that dies at its start, over and over, takes nothing from a visitor who is here."""
    dies = tmp_path / "dies"
    glass = start(toy_env={"TOY_DIES_IF": str(dies)})
    first = glass.sitting()
    glass.until_event("standby-ready", 1)
    dies.touch()
    glass.type(b"words")
    glass.until(b"said=words")
    for pid in children(glass.pid):
        if pid != first:
            os.kill(pid, signal.SIGKILL)
    glass.wait(lambda: dies.stat().st_size >= 6, "six failures")
    assert alive(first)
    assert glass.process.poll() is None
    dies.unlink()
    glass.until_event("standby-ready", 2)
    assert alive(first)


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


IMPATIENT = (
    f"import sys; sys.path.append({str(ROOT)!r});"
    "from kiosk.supervisor import starting, supervising; starting.READY_TIME = 0.7;"
    "supervising.supervise(int(sys.argv[2]), -1)"
)


def test_sitting_that_never_paints_is_given_up(start: Start) -> None:
    """A sitting that hangs at its start is killed, and another one is tried."""
    glass = start("hangs", program=[sys.executable, "-I", "-S", "-c", IMPATIENT])
    glass.until(b"<home")
    (first,) = children(glass.pid)
    glass.gone(first)
    glass.until_event("fresh-image", 2)
    glass.wait(lambda: children(glass.pid), "another sitting")


def test_standby_that_never_paints_is_given_up(start: Start, tmp_path: Path) -> None:
    """A standby that hangs is killed, and another one is tried, while the visitor stays."""
    slow = tmp_path / "slow"
    program = [sys.executable, "-I", "-S", "-c", IMPATIENT]
    glass = start(program=program, toy_env={"TOY_SLOW_IF": str(slow)})
    first = glass.sitting()
    glass.until_event("standby-ready", 1)
    slow.touch()
    (standby,) = (pid for pid in children(glass.pid) if pid != first)
    os.kill(standby, signal.SIGKILL)
    hung = glass.wait(lambda: [pid for pid in children(glass.pid) if pid not in (first, standby)], "a new standby")
    glass.gone(hung[0])
    slow.unlink()
    glass.until_event("standby-ready", 2)
    assert alive(first)


def test_no_terminal(tmp_path: Path) -> None:
    """Without a terminal the supervisor says so and ends with status 4; with senseless settings with 70."""
    import subprocess

    settings = os.memfd_create("settings", 0)
    command = [sys.executable, "-I", "-S", str(MAIN), "--settings", str(settings)]
    ended = subprocess.run(command, pass_fds=[settings], stdin=subprocess.DEVNULL, capture_output=True)
    assert ended.returncode == 70
    assert not ended.stdout + ended.stderr
    os.write(
        settings,
        b'{"sitting": {"argv": ["x"], "env": {}}, "idle_seconds": 1, "warn_seconds": 1, "after_leaving": "home",'
        b'"standby": true, "quit": true, "neutral": [], "limits": {"max_columns": 9, "max_rows": 9}}',
    )
    ended = subprocess.run(
        command, pass_fds=[settings], stdin=subprocess.DEVNULL, capture_output=True, start_new_session=True
    )
    os.close(settings)
    assert ended.returncode == 4
    assert ended.stderr.count(b"\n") == 1
