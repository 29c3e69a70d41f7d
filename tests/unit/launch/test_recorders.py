"""A terminal that keeps what is shown is found by its processes, not by the environment."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from kiosk.launch.recorders import TerminalRecorded, recorder, refuse

CODE = "from kiosk.launch.recorders import recorder; print('found', recorder())"


def made_up(proc: Path, *processes: tuple[int, int, str, str]) -> Path:
    """A made-up /proc of processes: number, parent, name, command line."""
    for pid, parent, name, command in processes:
        (proc / str(pid)).mkdir(parents=True)
        (proc / str(pid) / "stat").write_text(f"{pid} ({name}) S {parent} 1 1 0")
        (proc / str(pid) / "comm").write_text(name + "\n")
        (proc / str(pid) / "cmdline").write_text(command.replace(" ", "\0"))
    return proc


@pytest.mark.parametrize(
    ("name", "command", "found"),
    [
        ("tmux: server", "tmux new", "tmux"),
        ("tmux: client", "tmux", "tmux"),
        ("tmate: server", "tmate", "tmate"),
        ("screen", "SCREEN -S x", "screen"),
        ("SCREEN", "SCREEN", "screen"),
        ("script", "script -q log", "script"),
        ("asciinema", "asciinema rec", "asciinema"),
        ("python3", "/usr/bin/python3 /usr/bin/asciinema rec", "asciinema"),
        ("python3.11", "python3.11 -m asciinema rec", "asciinema"),
        ("tlog-rec-sessio", "-tlog-rec-session", "tlog"),
        ("tlog-rec", "tlog-rec", "tlog"),
        ("ttyrec", "ttyrec", "ttyrec"),
        ("bash", "-bash", None),
        ("bash", "bash ./script", None),
        ("sshd", "sshd: kiosk@pts/1", None),
        ("tmuxinator", "tmuxinator", None),
        ("python3", "python3 /opt/script", None),
        ("a) S 1 (tmux", "x", None),
    ],
)
def test_each_recorder_is_known(name: str, command: str, found: str | None, tmp_path: Path) -> None:
    """I9: recorders: tmux, screen, script, asciinema, tlog, ttyrec among the ancestors."""
    proc = made_up(tmp_path, (9, 8, "python3", "python3 -m kiosk"), (8, 7, "bash", "-bash"), (7, 1, name, command))
    made_up(tmp_path, (1, 0, "systemd", "/sbin/init"))
    assert recorder(9, proc) == found


def test_a_loop_of_parents_ends(tmp_path: Path) -> None:
    """I9: a /proc that makes no sense ends the search."""
    proc = made_up(tmp_path, (9, 8, "x", "x"), (8, 9, "y", "y"))
    assert recorder(9, proc) is None
    assert recorder(77, proc) is None


def test_an_operator_may_allow_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """I9: `allow_recorder = true` starts; else it is refused with the recorder's name."""
    monkeypatch.setattr("kiosk.launch.recorders.recorder", lambda: "tmux")
    refuse(allowed=True)
    with pytest.raises(TerminalRecorded, match="tmux"):
        refuse(allowed=False)


@pytest.mark.tool("script")
def test_a_real_script(tmp_path: Path) -> None:
    """I9: found under script with nothing in the environment."""
    command = f'env -i {sys.executable} -c "{CODE}"'
    said = subprocess.run(
        ["script", "-qec", command, str(tmp_path / "log")], capture_output=True, text=True, check=True
    )
    assert "found script" in said.stdout


@pytest.mark.tool("tmux")
def test_a_real_tmux(tmp_path: Path) -> None:
    """I9: found under tmux with nothing in the environment."""
    out = tmp_path / "out"
    socket = str(tmp_path / "t")
    command = f'env -i {sys.executable} -c "{CODE}" > {out}.new; mv {out}.new {out}'
    subprocess.run(["tmux", "-f", "/dev/null", "-S", socket, "new", "-d", command], check=True)
    try:
        end = time.monotonic() + 60
        while not out.exists() and time.monotonic() < end:
            time.sleep(0.05)
        assert out.read_text() == "found tmux\n"
    finally:
        subprocess.run(["tmux", "-S", socket, "kill-server"], check=False, capture_output=True)
