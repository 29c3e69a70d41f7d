"""The supervisor opens the printer for whoever asks, without waiting for it, and opens nothing else."""

from __future__ import annotations

import os
import select
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.supervisor.printer import HERE, hand_over, open_device
from tests.printer import Printer


@pytest.fixture
def terminal() -> Iterator[int]:
    """The terminal that the kiosk is on."""
    near, far = os.openpty()
    yield far
    os.close(near)
    os.close(far)


def handed(path: str, terminal: int) -> list[int]:
    """The descriptors that came over a control line after asking for the printer at `path`."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    with ours, theirs:
        pid = hand_over(path, ours.fileno(), terminal)
        assert pid > 0
        assert select.select([theirs], [], [], 30)[0]
        said, descriptors, _, _ = socket.recv_fds(theirs, 8, 4)
        assert said == HERE
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    return list(descriptors)


def test_the_opened_device_is_handed_over(terminal: int) -> None:
    """What arrives writes to the paper, never blocks, and reads nothing; whoever was unplugged is opened anew."""
    printer = Printer()
    for _ in range(2):
        (device,) = handed(printer.path, terminal)
        assert not os.get_blocking(device)
        with pytest.raises(OSError, match="descriptor"):
            os.read(device, 1)
        os.write(device, b"x")
        os.close(device)
    printer.close()
    assert handed(printer.path, terminal) == []


def test_nothing_but_a_device_is_printed_on(tmp_path: Path, terminal: int) -> None:
    """No plain file, no pipe, no folder, not the kiosk's own terminal; nothing is made where nothing is."""
    plain = tmp_path / "plain"
    plain.write_bytes(b"")
    os.mkfifo(tmp_path / "pipe")
    glass = os.fstat(terminal).st_rdev
    for path in (plain, tmp_path / "pipe", tmp_path, tmp_path / "none", Path(os.ttyname(terminal))):
        assert open_device(str(path), glass) == -1
    assert not (tmp_path / "none").exists() and stat.S_ISREG(plain.stat().st_mode)
    device = open_device(os.ttyname(terminal), 0)
    assert device >= 0, "any other terminal would do"
    os.close(device)
