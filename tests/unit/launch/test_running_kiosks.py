"""`kiosk panic` reaches every running kiosk of this user, and nobody else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.launch import running_kiosks

KIOSK = """
import os, signal, sys
from pathlib import Path
from kiosk.launch import running_kiosks
signal.signal(signal.SIGUSR1, lambda *_: (os.write(1, b"left"), os._exit(0)))
held = running_kiosks.enter(Path(sys.argv[1]))
os.write(1, b"here")
while True:
    signal.pause()
"""


SUPERVISOR = """
import os, signal
signal.signal(signal.SIGUSR1, lambda *_: os._exit(5))
os.write(1, b"here")
while True:
    signal.pause()
"""


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run folder."""
    folder = tmp_path / "run"
    folder.mkdir(mode=0o700)
    return folder


def start(run: Path, code: str = KIOSK) -> subprocess.Popen[bytes]:
    """Start a stand-in for a kiosk and wait until it has entered."""
    process = subprocess.Popen([sys.executable, "-c", code, str(run)], stdout=subprocess.PIPE)
    assert process.stdout is not None and process.stdout.read(4) == b"here"
    return process


def test_every_kiosk_leaves(run: Path) -> None:
    """`kiosk panic`: SIGUSR1 to every locked pid file; it says how many."""
    kiosks = [start(run) for _ in range(3)]
    assert running_kiosks.panic_all(run) == 3
    for each in kiosks:
        assert each.communicate()[0] == b"left" and each.returncode == 0
    assert running_kiosks.panic_all(run) == 0
    assert list(run.iterdir()) == []


def test_a_stale_file_reaches_nobody(run: Path) -> None:
    """A file that a killed kiosk left behind signals nobody, even where its number has a new owner."""
    gone = start(run)
    gone.kill()
    gone.wait()
    bystander = subprocess.Popen([sys.executable, "-c", "import signal; print('here', flush=True); signal.pause()"])
    try:
        (run / f"{gone.pid}.pid").rename(run / f"{bystander.pid}.pid")
        assert running_kiosks.panic_all(run) == 0
        assert bystander.poll() is None
        assert list(run.iterdir()) == []
    finally:
        bystander.kill()
        bystander.wait()


def test_the_lock_goes_over_exec(run: Path) -> None:
    """A kiosk becomes its supervisor by execve in the same process: the lock stays with the descriptor."""
    code = f"""
import os, sys
from pathlib import Path
from kiosk.launch import running_kiosks
held = running_kiosks.enter(Path(sys.argv[1]))
os.set_inheritable(held, True)
os.execv(sys.executable, [sys.executable, "-c", {SUPERVISOR!r}])
"""
    kiosk = start(run, code)
    assert running_kiosks.panic_all(run) == 1
    assert kiosk.wait() == 5


def test_other_files_are_left_alone(run: Path) -> None:
    """Only files named after a process are looked at; without a folder there is no kiosk."""
    (run / "kiosks.lock").write_text("")
    (run / "12x.pid").write_text("")
    (run / "007.pid").symlink_to("/etc/passwd")
    assert running_kiosks.panic_all(run) == 0
    assert len(list(run.iterdir())) == 3
    assert running_kiosks.panic_all(run / "absent") == 0


def test_a_link_is_not_followed(run: Path, tmp_path: Path) -> None:
    """A link that is named after a process is no kiosk."""
    (tmp_path / "target").write_text("")
    (run / f"{os.getpid()}.pid").symlink_to(tmp_path / "target")
    before = signal.signal(signal.SIGUSR1, signal.SIG_IGN)
    try:
        assert running_kiosks.panic_all(run) == 0
    finally:
        signal.signal(signal.SIGUSR1, before)
