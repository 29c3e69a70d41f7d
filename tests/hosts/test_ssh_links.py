"""A link that stutters or goes dead, a flood, a client that stops, a server that ends: what becomes of a visit."""

from __future__ import annotations

import signal
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.faults import station
from tests.faults.visitor import HOME, SITTING, kill
from tests.hosts.link import Link
from tests.hosts.server import NEEDED, Server
from tests.terminal import proc
from tests.terminal.keyboard import PANIC

pytestmark = pytest.mark.tool(*NEEDED)

NOTICED = "Timeout, client not responding"
"""What sshd says once a client gave no sign of life."""
FLOOD = 60
"""Connections that say nothing: more than a server takes by itself (`MaxStartups 10:30:100`)."""


@pytest.fixture
def watchful(desk: Path, kiosk_home: Path, tmp_path: Path) -> Iterator[Server]:
    """A kiosk's server that asks silent clients every second, and takes as many newcomers as any server."""
    with Server(tmp_path / "sshd", station.copy(desk / "short", kiosk_home), also="", asked_every=1) as running:
        yield running


def test_a_link_that_goes_dead_and_a_client_that_stops(watchful: Server, desk: Path) -> None:
    """P2, P3, I2, I3, I4: neither side hears of either; the server notices by itself, whatever the page does meanwhile,
    and then no process of the two visits is left and nothing was kept.
    """
    with Link(watchful.port) as link, watchful.visitor(port=link.port) as one, watchful.visitor() as other:
        for visitor in (one, other):
            visitor.go_to_review()
        assert NOTICED not in watchful.log()
        link.go_dead()
        kill(other.process.pid, signal.SIGSTOP)
        watchful.until_nobody_is_left()
        assert watchful.log().count(NOTICED) == 2
        kill(one.process.pid)
        kill(other.process.pid, signal.SIGCONT)
        other.ended()
    assert station.listed(watchful.home, desk)["rows"] == []


def test_panic_behind_a_client_that_stops(server: Server, desk: Path) -> None:
    """P2, D1, I2: typed into a client that is stopped for a moment, panic comes first when it goes on."""
    with server.visitor() as visitor:
        visitor.go_to_review()
        kill(visitor.process.pid, signal.SIGSTOP)
        visitor.press("f12", "f10", "enter")
        kill(visitor.process.pid, signal.SIGCONT)
        assert visitor.ended() == 0
        visitor.look()
        assert not visitor.screen_text().strip()
    server.until_nobody_is_left()
    assert station.listed(server.home, desk)["rows"] == []


def test_a_link_that_stutters(server: Server, desk: Path) -> None:
    """P2, P8, I3: over a link that delivers late and in small pieces, in the middle of a key too, one visit keeps its
    record, and the next panics and keeps nothing.
    """
    with Link(server.port, stutters=True) as link:
        with server.visitor(port=link.port) as visitor:
            number = visitor.go_to_review()
            assert visitor.keep() == number
            visitor.press("f12")
            assert visitor.ended() == 0
        with server.visitor(port=link.port) as visitor:
            visitor.go_to_review()
            visitor.send(PANIC["Esc three times"])
            assert visitor.ended() == 0
    server.until_nobody_is_left()
    assert [row["number"] for row in station.listed(server.home, desk)["rows"]] == [number]


def test_a_flood_of_connections(watchful: Server, desk: Path) -> None:
    """I7: while more connections stand half open than the server takes, who sits there goes on and keeps; once they are
    gone the next visitor is served.
    """
    with watchful.visitor() as visitor:
        visitor.go_to_review()
        with ExitStack() as stack:
            for _ in range(FLOOD):
                stack.enter_context(socket.create_connection(("127.0.0.1", watchful.port), timeout=10))
            visitor.wait(lambda: "MaxStartups" in watchful.log(), "the server's limit")
            number = visitor.keep()
        visitor.press("f12")
        assert visitor.ended() == 0
    watchful.until_nobody_is_left()
    with watchful.visitor() as visitor:
        visitor.wait_for(HOME)
        visitor.press("f12")
        assert visitor.ended() == 0
    watchful.until_nobody_is_left()
    assert [row["number"] for row in station.listed(watchful.home, desk)["rows"]] == [number]


def test_a_server_that_is_ended(server: Server, desk: Path) -> None:
    """P3, I10: a restart of sshd ends no sitting; when its host shuts down, and every process is told to end at once,
    no process is left and nothing was kept.
    """
    with server.visitor() as one, server.visitor() as other:
        for visitor in (one, other):
            visitor.go_to_review()
        everybody = proc.family(server.process.pid)
        sitting = [pid for pid in everybody if SITTING in proc.command(pid)]
        assert len(sitting) >= 2
        server.process.terminate()
        server.process.wait()
        number = one.keep()
        for pid in everybody:
            kill(pid, signal.SIGTERM)
        for visitor in (one, other):
            visitor.ended()
            visitor.look()
        one.wait(lambda: not any(proc.alive(pid) for pid in everybody), "the end of everybody")
    server.until_nobody_is_left()
    assert [row["number"] for row in station.listed(server.home, desk)["rows"]] == [number]


def test_a_servers_process_that_is_killed(server: Server, desk: Path) -> None:
    """P3, I10: when what the server runs for one visitor is killed outright, her sitting ends with it."""
    with server.visitor() as visitor:
        visitor.go_to_review()
        hers = [pid for pid in proc.family(server.process.pid) if b"sshd" in proc.command(pid)]
        assert hers
        for pid in hers:
            kill(pid)
        visitor.ended()
    server.until_nobody_is_left()
    assert station.listed(server.home, desk)["rows"] == []
