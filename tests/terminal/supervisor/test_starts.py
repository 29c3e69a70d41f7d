"""What happens when a sitting, a terminal or the settings are no good from the start."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from tests.terminal.supervisor.conftest import Start
from tests.terminal.supervisor.glass import MAIN, ROOT
from tests.terminal.supervisor.processes import alive, children
from tests.terminal.supervisor.test_endings import nothing_left


@pytest.mark.parametrize("toy", ["dies", "dies-live"])
@pytest.mark.parametrize("after", ["home", "end"])
def test_sittings_that_die_at_their_start(start: Start, toy: str, after: str) -> None:
    """C9: when no sitting lives, the kiosk says so in one sentence and ends with status 4."""
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
