"""Every panic makes a new image of the supervisor: what must live through it does, and nothing piles up."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import sys
import termios
import time
from pathlib import Path

import pytest

from tests.terminal.supervisor.conftest import Start
from tests.terminal.supervisor.glass import F12, ROOT
from tests.terminal.supervisor.processes import children


def test_locks_and_standby_live_through_a_new_image(start: Start, tmp_path: Path) -> None:
    """The pid file's lock, the process id and the standby stay; children never get the lock."""
    path = tmp_path / "pid"
    lock = os.open(path, os.O_RDWR | os.O_CREAT)
    fcntl.flock(lock, fcntl.LOCK_EX)
    glass = start(keep_fds=[lock])
    os.close(lock)
    first = glass.sitting()
    glass.until_event("standby-ready", 1)
    (standby,) = (pid for pid in children(glass.pid) if pid != first)
    place = glass.mark()
    glass.type(F12)
    glass.until_event("standby-ready", 2)
    assert glass.sitting(place) == standby
    assert b"--state" in Path(f"/proc/{glass.pid}/cmdline").read_bytes()
    other = os.open(path, os.O_RDWR)
    with pytest.raises(BlockingIOError):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    for pid in children(glass.pid):
        held = [os.readlink(f"/proc/{pid}/fd/{number}") for number in os.listdir(f"/proc/{pid}/fd")]
        assert str(path) not in held
    os.kill(glass.pid, signal.SIGTERM)
    assert glass.ended() == 0
    fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(other)


def held(pid: int) -> int:
    """How many descriptors a process has; for others than root only the size of their table, in steps of 64."""
    try:
        return len(os.listdir(f"/proc/{pid}/fd"))
    except PermissionError:
        return int(Path(f"/proc/{pid}/status").read_text().partition("FDSize:")[2].split()[0])


def test_nothing_piles_up_over_many_standbys(start: Start) -> None:
    """A standby that dies is replaced, and leaves no descriptor behind."""
    glass = start()
    first = glass.sitting()
    counts = []
    for count in range(1, 6):
        glass.until_event("standby-ready", count)
        counts.append(held(glass.pid))
        (standby,) = (pid for pid in children(glass.pid) if pid != first)
        os.kill(standby, signal.SIGKILL)
    assert len(set(counts)) == 1


def test_sitting_gets_its_seven_descriptors_only(start: Start) -> None:
    """P11: terminal, snapshot, control line, clerk line and voice line; none of the supervisor's own."""
    glass = start("mark")
    glass.until(b"descriptors=0,1,2,3,4,5,6,7=")  # 7 is its look into that folder
    assert glass.sitting()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("moment", ["panic", "killed", "handed", "fresh-image"])
def test_no_ending_signal_is_lost_in_a_new_image(start: Start, number: signal.Signals, moment: str) -> None:
    """A signal that comes between two images ends the program as ever."""
    for pause in (0.0, 0.002, 0.005, 0.01, 0.02):
        glass = start()
        glass.sitting()
        glass.until_event("standby-ready", 1)
        wanted = glass.events(moment) + 1
        glass.type(F12)
        glass.until_event(moment, wanted)
        time.sleep(pause)
        os.kill(glass.pid, number)
        assert glass.ended() == 0


def test_panic_signals_between_images_do_no_harm(start: Start) -> None:
    """A burst of panics while one image becomes the next kills nothing but the sitting."""
    glass = start()
    glass.sitting()
    glass.until_event("standby-ready", 1)
    for _ in range(60):
        os.kill(glass.pid, signal.SIGUSR1)
        time.sleep(0.002)
    glass.until_event("standby-ready", 2)
    assert glass.process.poll() is None
    assert glass.events("killed") == 1


def test_kiosk_goes_on_where_no_new_image_can_be_made(start: Start, tmp_path: Path) -> None:
    """When the program's file is gone (an update in the middle), panic still works, again and again."""
    copy = tmp_path / "copy" / "kiosk"
    shutil.copytree(ROOT / "kiosk" / "supervisor", copy / "supervisor")
    (copy / "__init__.py").touch()
    main = copy / "supervisor" / "__main__.py"
    glass = start(program=[sys.executable, "-I", "-S", str(main)])
    before = glass.sitting()
    main.unlink()
    for count in range(1, 4):
        glass.until_event("standby-ready", count)
        time.sleep(0.45)
        place = glass.mark()
        glass.type(b"he found me" + F12)
        glass.gone(before)
        before = glass.sitting(glass.until(b"\x18\x1b\\", place))
        assert b"--state" not in Path(f"/proc/{glass.pid}/cmdline").read_bytes()
    os.kill(glass.pid, signal.SIGTERM)
    assert glass.ended() == 0
    assert termios.tcgetattr(glass.slave) == glass.found


def test_supervisor_shuts_itself_off(start: Start) -> None:
    """No new privileges, no core, one thread, its pages locked or at least named; small."""
    glass = start()
    glass.sitting()
    glass.until_event("standby-ready", 1)
    glass.type(F12)
    glass.until_event("standby-ready", 2)
    status = dict(
        line.split(":\t", 1) for line in Path(f"/proc/{glass.pid}/status").read_text().splitlines() if ":\t" in line
    )
    assert status["NoNewPrivs"] == "1"
    assert status["Threads"] == "1"
    assert int(status["VmRSS"].split()[0]) < 16 * 1024
    assert "Max core file size        1 " in Path(f"/proc/{glass.pid}/limits").read_text()
    for sitting in children(glass.pid):
        assert Path(f"/proc/{sitting}/oom_score_adj").read_text().strip() == "1000"
