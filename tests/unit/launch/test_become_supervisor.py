"""What the supervisor is told lies in memory that nobody can change any more."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.launch import become_supervisor
from kiosk.launch.become_supervisor import NoTerminal, Plan, Program, python
from kiosk.supervisor.settings import Settings, read_json

PLAN = Plan(
    sitting=Program(python("kiosk.sitting"), {"LANG": "C.UTF-8"}),
    neutral=("Made-up food bank  555-0100",),
    panic_key="f8",
)


def test_memory_is_sealed() -> None:
    """The snapshot can be read again and again, and changed by nobody, not even through another descriptor."""
    descriptor = become_supervisor.memory("snapshot", b"made up")
    try:
        assert os.get_inheritable(descriptor)
        assert os.pread(descriptor, 100, 0) == os.pread(descriptor, 100, 0) == b"made up"
        with pytest.raises(OSError):
            os.write(descriptor, b"x")
        again = os.open(f"/proc/self/fd/{descriptor}", os.O_RDWR)
        try:
            for change in (
                lambda: os.pwrite(again, b"x", 0),
                lambda: os.ftruncate(again, 0),
                lambda: os.ftruncate(again, 100),
            ):
                with pytest.raises(PermissionError):
                    change()
        finally:
            os.close(again)
    finally:
        os.close(descriptor)


def test_the_supervisor_understands_it() -> None:
    """What is written here is what the supervisor reads: both ends in one test."""
    told = become_supervisor.settings(PLAN, 7, [9])
    descriptor = become_supervisor.memory("settings", told)
    try:
        read = Settings(read_json(descriptor), descriptor)
    finally:
        os.close(descriptor)
    assert read.sitting.argv[1:] == ["-s", "-P", "-m", "kiosk.sitting"]
    assert read.sitting.env == {"LANG": "C.UTF-8"}
    assert (read.snapshot_fd, read.keep_fds, read.clerk, read.closing) == (7, [9], None, None)
    assert (read.idle_seconds, read.warn_seconds, read.ends, read.quit) == (180, 30, False, True)
    assert read.neutral == list(PLAN.neutral)
    assert (read.max_columns, read.max_rows) == (400, 200)


def test_no_terminal_is_said() -> None:
    """I6: without a terminal on all of input, output and errors there is no kiosk; status 4."""
    code = "from kiosk.cli import run; import sys; sys.exit(run(['run']))"
    said = subprocess.run([sys.executable, "-c", code], stdin=subprocess.DEVNULL, capture_output=True, check=False)
    assert said.returncode == 4
    assert b"terminal" in said.stderr


def test_two_terminals_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """1b: errors redirected to another terminal would put the visitor's screen there."""
    monkeypatch.setattr(os, "ttyname", lambda descriptor: f"/dev/pts/{descriptor // 2}")
    with pytest.raises(NoTerminal, match="same terminal"):
        become_supervisor.require_terminal()
    monkeypatch.setattr(os, "ttyname", lambda descriptor: "/dev/pts/0")
    become_supervisor.require_terminal()
    monkeypatch.delenv("TERM")
    with pytest.raises(NoTerminal, match="TERM"):
        become_supervisor.require_terminal()


STAND_IN = """
import json, os, sys
told = json.loads(os.pread(int(sys.argv[2]), 10**6, 0))
kept = {fd: os.path.exists(f"/proc/self/fd/{fd}") for fd in [told["snapshot_fd"], *told["keep_fds"]]}
print(json.dumps({"flags": [sys.flags.isolated, sys.flags.no_site], "env": dict(os.environ), "cwd": os.getcwd(),
    "kept": list(kept.values()), "snapshot": os.pread(told["snapshot_fd"], 100, 0).decode(),
    "open": sorted(map(int, os.listdir("/proc/self/fd")))}))
"""


def test_the_process_becomes_the_supervisor(tmp_path: Path) -> None:
    """The command line's own process turns into the supervisor: flags -I -S, cwd /, nothing of this user with it."""
    room = tmp_path / "kiosk" / "supervisor"
    room.mkdir(parents=True)
    (room / "__main__.py").write_text(STAND_IN)
    code = f"""
import os
from kiosk.launch import become_supervisor
become_supervisor.__file__ = {str(tmp_path / "kiosk" / "launch" / "become_supervisor.py")!r}
lock = os.open("/dev/null", os.O_RDONLY)
plan = become_supervisor.Plan(sitting=become_supervisor.Program(("x",), {{}}), neutral=())
become_supervisor.become(plan, b"made up", [lock])
"""
    said = subprocess.run(
        [sys.executable, "-s", "-P", "-c", code],
        env={"HOME": "/home/made-up", "TERM": "xterm", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    found = json.loads(said.stdout)
    assert found["flags"] == [1, 1] and found["cwd"] == "/"
    assert found["kept"] == [True, True] and found["snapshot"] == "made up"
    assert "HOME" not in found["env"] and "PYTHONUTF8" not in found["env"]
    assert found["env"]["LD_BIND_NOW"] == "1"
    assert len(found["open"]) <= 7
