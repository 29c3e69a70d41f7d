"""P1, P11: what a sitting's process cannot do, and which wall stops it.

Each action is first done without walls, then tried behind the one wall that is named (so that the others cannot have
stopped it), then behind all of a visitor's.
"""

from __future__ import annotations

import os
import pty
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.terminal.isolation.conftest import Try

LANDLOCK, SECCOMP, LIMITS, NETWORK = "landlock", "seccomp", "limits", "network"


def refused(attempt: Try, wall: str, error: str, action: str, argument: object = "", **more: object) -> None:
    """Assert that `wall` alone, and a visitor's jail, refuse what works without them."""
    assert attempt("none", action, argument, **more) == "done", "it has to work without walls"
    assert attempt(wall, action, argument, **more) == error, f"{wall} alone does not refuse {action}"
    assert attempt("visitor", action, argument, **more) != "done"


@pytest.mark.parametrize("place", ["here", "home", "/dev/shm", "/var/tmp", "/tmp"])
@pytest.mark.parametrize("action", ["write", "mkdir", "symlink", "fifo"])
def test_nothing_is_made(attempt: Try, tmp_path: Path, place: str, action: str) -> None:
    """P1: no file, folder or link is made anywhere."""
    folder = {"here": tmp_path, "home": Path.home()}.get(place, Path(place))
    with tempfile.TemporaryDirectory(dir=folder) as made:
        for step in ("none", "landlock", "visitor"):
            target = Path(made, step)
            assert attempt(step, action, target) == ("done" if step == "none" else "EACCES")
            assert os.path.lexists(target) == (step == "none")


@pytest.mark.parametrize("action", ["append", "truncate", "rename", "unlink"])
def test_nothing_is_changed(attempt: Try, tmp_path: Path, action: str) -> None:
    """P1: no file is changed, renamed or removed."""
    for step in ("none", "landlock", "visitor"):
        held = tmp_path / step
        held.write_text("before")
        assert attempt(step, action, held) == ("done" if step == "none" else "EACCES")
        assert (held.exists() and held.read_text() == "before") == (step != "none")


@pytest.mark.parametrize("action", ["write_inherited", "grow"])
def test_an_open_file_takes_no_byte(attempt: Try, tmp_path: Path, action: str) -> None:
    """P1: not even a file that was open before takes a byte; the resource limit refuses it."""
    with open(tmp_path / "open", "w+b") as file:
        fd = file.fileno()
        refused(attempt, LIMITS, "EFBIG", action, fd, fds=[fd])


def test_nothing_of_the_kiosks_own_is_read(attempt: Try, tmp_path: Path) -> None:
    """P4, I8: a sitting reads neither the list nor a key, nor what is called what in KIOSK_HOME."""
    held = tmp_path / "summaries.db"
    held.write_text("sealed")
    refused(attempt, LANDLOCK, "EACCES", "read", held)
    refused(attempt, LANDLOCK, "EACCES", "listing", tmp_path)
    refused(attempt, LANDLOCK, "EACCES", "read", "/etc/passwd")


def test_what_it_is_told_to_read_it_can(attempt: Try, tmp_path: Path) -> None:
    """A path named as readable is read and still not written; `writable` means nothing to a visitor."""
    held = tmp_path / "pack"
    held.write_text("words")
    assert attempt("visitor", "read", held, readable=[tmp_path]) == "done"
    assert attempt("visitor", "append", held, readable=[tmp_path]) == "EACCES"
    assert attempt("visitor", "append", held, writable=[tmp_path]) == "EACCES"


@pytest.mark.parametrize("kind", ["tcp_socket", "udp_socket", "netlink_socket", "unix_socket"])
def test_no_socket_is_opened(attempt: Try, kind: str) -> None:
    """P11, J3: no socket of any family."""
    refused(attempt, SECCOMP, "EPERM", kind)


def test_a_socket_from_before_leads_nowhere(attempt: Try) -> None:
    """P11: a socket that was open before is neither connected nor bound; two walls refuse it."""
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as held:
        port, fd = server.getsockname()[1], held.fileno()
        for wall, error in ((LANDLOCK, "EACCES"), (SECCOMP, "EPERM")):
            assert attempt(wall, "connect_inherited", f"{fd}:{port}", fds=[fd]) == error
        assert attempt("visitor", "connect_inherited", f"{fd}:{port}", fds=[fd]) != "done"
        assert attempt("visitor", "bind_inherited", fd, fds=[fd]) != "done"
        assert attempt("none", "connect_inherited", f"{fd}:{port}", fds=[fd]) == "done"


def test_its_network_is_empty(attempt: Try) -> None:
    """P11: in the network of its own there is nobody, not even this machine."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        refused(attempt, NETWORK, "ENETUNREACH", "reach", server.getsockname()[1])


@pytest.mark.parametrize(("wall", "error"), [(LANDLOCK, "EACCES"), (SECCOMP, "EPERM")])
@pytest.mark.parametrize("program", ["/bin/true", os.path.realpath(sys.executable)])
def test_no_program_is_started(attempt: Try, wall: str, error: str, program: str) -> None:
    """P11, I5: no program replaces it, neither a shell's nor Python itself; two walls refuse it."""
    refused(attempt, wall, error, "execute", program)


@pytest.mark.parametrize("action", ["fork", "vfork"])
def test_it_has_no_children(attempt: Try, action: str) -> None:
    """P11: it starts no second process, while its threads start as ever."""
    refused(attempt, SECCOMP, "EPERM", action)
    assert attempt("visitor", "thread") == "done"


@pytest.mark.parametrize(
    ("wall", "error", "action"),
    [
        (SECCOMP, "EPERM", "ptrace"),
        (LANDLOCK, "EPERM", "ptrace"),
        (SECCOMP, "EPERM", "read_memory"),
        (LANDLOCK, "EACCES", "open_memory"),
        (SECCOMP, "EPERM", "signal_other"),
        (LANDLOCK, "EPERM", "signal_other"),
        (SECCOMP, "EPERM", "signal_thread"),
    ],
)
def test_other_processes_are_out_of_reach(
    attempt: Try, other: subprocess.Popen[str], wall: str, error: str, action: str
) -> None:
    """P11: another visitor's process is neither traced, read nor signalled."""
    assert other.stdout is not None
    address = other.stdout.readline().strip()
    argument = f"{other.pid}:{address}" if action == "read_memory" else str(other.pid)
    refused(attempt, wall, error, action, argument)
    assert attempt("visitor", "signal_self") == "done"


@pytest.mark.parametrize("action", ["memfd", "shared_memory", "raise_file_limit", "be_dumpable", "new_namespace"])
def test_what_would_open_the_jail_is_refused(attempt: Try, action: str) -> None:
    """P1: no memory that outlives it, no limit raised again, no dump allowed again, no world of its own."""
    refused(attempt, SECCOMP, "EPERM", action)


def test_nothing_is_typed_for_the_terminal(attempt: Try) -> None:
    """P11: no key is put into the terminal's queue for a shell to read (TIOCSTI)."""
    master, slave = pty.openpty()
    try:
        assert attempt("none", "type_for_terminal", stdin=slave) != "EPERM"
        assert attempt("seccomp", "type_for_terminal", stdin=slave) == "EPERM"
        assert attempt("visitor", "type_for_terminal", stdin=slave) == "EPERM"
    finally:
        os.close(master)
        os.close(slave)


@pytest.mark.parametrize("action", ["socket_pair", "thread", "seal_something", "signal_self"])
def test_what_a_sitting_needs_works(attempt: Try, action: str) -> None:
    """A jail that broke the sitting would be taken down: event loop, threads and sealing work inside."""
    assert attempt("visitor", action) == "done"
