"""S14: what `kiosk panic` says of a real supervisor is true, in every state that it may be in."""

from __future__ import annotations

import fcntl
import os
import signal
from pathlib import Path

import pytest

from kiosk.launch import stopping
from kiosk.supervisor import panic_proof
from tests.terminal.supervisor.conftest import Start
from tests.terminal.supervisor.glass import F12, Glass
from tests.terminal.supervisor.test_panic import see_next, talk


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run folder."""
    folder = tmp_path / "run"
    folder.mkdir(mode=0o700)
    return folder


def entered(start: Start, run: Path, **told: object) -> Glass:
    """A supervisor whose own file stands in the run folder."""
    file = os.open(run / "new", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    fcntl.flock(file, fcntl.LOCK_EX)
    glass = start(keep_fds=[file], proof_fd=file, **told)
    os.close(file)
    (run / "new").rename(run / f"{glass.pid}.pid")
    with open(run / f"{glass.pid}.pid") as ours:
        glass.wait(lambda: panic_proof.look(ours.fileno()), "its first lock")
    return glass


def test_it_left(start: Start, run: Path) -> None:
    """The proof comes when the sitting is dead, and again in the next image, and while keys are still dropped."""
    glass = entered(start, run)
    first = talk(glass)
    place = glass.mark()
    assert stopping.panic(run) == stopping.Came(left=1)
    assert not Path(f"/proc/{first}").exists()
    second = see_next(glass, first, place)
    assert stopping.panic(run) == stopping.Came(left=1)
    glass.type(F12)
    assert stopping.panic(run) == stopping.Came(left=1)
    assert second


def test_a_stopped_supervisor_has_not_left(start: Start, run: Path) -> None:
    """A supervisor that is stopped is ended, and its sitting with it."""
    glass = entered(start, run)
    first = talk(glass)
    os.kill(glass.pid, signal.SIGSTOP)
    assert stopping.panic(run, 0.5) == stopping.Came(forced=1)
    glass.gone(first)


def test_where_a_leaving_ends_the_program(start: Start, run: Path) -> None:
    """The proof does not wait for the keyboard to be quiet."""
    glass = entered(start, run, after_leaving="end")
    first = glass.sitting()
    assert stopping.panic(run) == stopping.Came(left=1)
    assert not Path(f"/proc/{first}").exists()
    assert glass.ended() == 0
    assert stopping.stop(run) == stopping.Came()


def test_stop_ends_it(start: Start, run: Path) -> None:
    """S8: `kiosk stop` ends a kiosk where no key does, its terminal as it was found."""
    glass = entered(start, run, quit=False)
    first = talk(glass)
    assert stopping.stop(run) == stopping.Came(left=1)
    glass.gone(first)
    assert glass.ended() == 0
