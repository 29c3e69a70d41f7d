"""What a clerk, set-up and the desk may do beyond a visitor, and no more."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.terminal.isolation.conftest import PROBE, Try

PYTHON = os.path.realpath(sys.executable)


@pytest.mark.parametrize("who", ["clerk", "setup", "desk"])
def test_it_writes_where_it_must_and_nowhere_else(attempt: Try, tmp_path: Path, who: str) -> None:
    """Files are written under the named folder only."""
    home, outside = tmp_path / "home", tmp_path / "outside"
    home.mkdir()
    outside.mkdir()
    assert attempt("none", "write", outside / "a") == "done"
    assert attempt(who, "write", home / "a", writable=[home]) == "done"
    assert attempt(who, "rename", home / "a", writable=[home]) == "done"
    assert attempt(who, "unlink", home / "a.new", writable=[home]) == "done"
    assert attempt(who, "database", home / "base", writable=[home]) == "done"
    for action in ("write", "mkdir"):
        assert attempt(who, action, outside / "b", writable=[home]) == "EACCES"
    assert attempt(who, "append", outside / "a", writable=[home]) == "EACCES"
    assert attempt(who, "read", outside / "a", writable=[home]) == "EACCES"
    assert attempt(who, "symlink", home / "link", writable=[home]) == "EACCES"


@pytest.mark.parametrize("action", ["fork", "unix_socket", "tcp_socket", "memfd"])
def test_a_clerk_starts_nothing_and_calls_nobody(attempt: Try, action: str) -> None:
    """A clerk has files, and neither children nor sockets."""
    assert attempt("none", action) == "done"
    assert attempt("clerk", action) == "EPERM"


@pytest.mark.parametrize("who", ["setup", "desk"])
def test_workers_are_python_and_nothing_else(attempt: Try, who: str) -> None:
    """Set-up and desk start Python again; a shell or any other program they cannot."""
    assert attempt(who, "vfork") == "done"
    assert attempt(who, "execute", PYTHON) == "done"
    assert attempt("none", "execute", "/bin/true") == "done"
    assert attempt(who, "execute", "/bin/true") == "EACCES"


@pytest.mark.parametrize("who", ["setup", "desk"])
def test_a_keyring_is_reached_and_the_network_is_not(attempt: Try, who: str) -> None:
    """Unix sockets open; TCP, UDP and raw ones do not, and a socket from before leads nowhere."""
    assert attempt(who, "unix_socket") == "done"
    for action in ("tcp_socket", "udp_socket", "netlink_socket"):
        assert attempt("none", action) == "done"
        assert attempt(who, action) == "EPERM"
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as held:
        port, fd = server.getsockname()[1], held.fileno()
        assert attempt(who, "connect_inherited", f"{fd}:{port}", fds=[fd]) == "EACCES"


def test_a_desks_worker_is_jailed_further(tmp_path: Path) -> None:
    """A worker started from inside the desk's jail opens records, and can neither write, nor start, nor call anybody,
    nor be looked at by others of the same user.
    """
    (tmp_path / "home").mkdir()
    said = subprocess.run(
        [sys.executable, "-s", "-P", str(PROBE.with_name("worker_probe.py")), str(tmp_path / "home")],
        env={"PYTHONPATH": str(PROBE.parents[3])},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert said.returncode == 0, said.stderr
    told = json.loads(said.stdout)
    assert told["before"] == {"write": "done", "start": "done", "socket": "done", "dumpable": "1"}
    assert told["after"] == {"write": "EACCES", "start": "EPERM", "socket": "EPERM", "dumpable": "0"}
    assert told["opened"] == 1


def test_a_regions_clerk_reaches_one_port_and_writes_nothing(attempt: Try, tmp_path: Path) -> None:
    """It connects to its database's port, on no other port, by no other way, and not a byte goes to any file."""
    with socket.create_server(("127.0.0.1", 0)) as region, socket.create_server(("127.0.0.1", 0)) as other:
        ours, others = (each.getsockname()[1] for each in (region, other))
        assert attempt("region_clerk", "reach", ours, ports=[ours]) == "done"
        for action in ("reach", "reach_by_sending"):
            assert attempt("none", action, others) == "done"
        assert attempt("region_clerk", "reach", others, ports=[ours]) == "EACCES"
        for action in ("reach_by_sending", "reach_by_mptcp"):
            assert attempt("region_clerk", action, others, ports=[ours]) == "EPERM"
        for who in ("clerk", "local_region_clerk"):
            assert attempt(who, "reach", ours, ports=[ours]) == "EPERM"
    for who in ("region_clerk", "local_region_clerk"):
        for action in ("fork", "udp_socket", "netlink_socket"):
            assert attempt(who, action) == "EPERM"
        assert attempt(who, "write", tmp_path / "a", writable=[tmp_path], readable=[tmp_path]) == "EACCES"
    assert attempt("local_region_clerk", "unix_socket") == "done"
    assert attempt("region_clerk", "unix_socket") == "EPERM"
