"""A kiosk on a real sshd: it serves one visit, ends with it, and gives nobody anything else (P3, P11)."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.errors import ExitCode
from tests.faults import station
from tests.faults.visitor import KEPT, kill
from tests.hosts.server import NEEDED, Server
from tests.terminal.keyboard import PANIC

pytestmark = pytest.mark.tool(*NEEDED)

NOT_SERVED = 255
"""What the client says when the server refuses."""
VISIT = station.said("part-of").split("{")[0]
"""The quiet title of every page of a conversation."""


def test_a_whole_visit(server: Server, desk: Path) -> None:
    """P3, P8: a visit over SSH keeps its record; leaving ends the program and the connection, and clears the glass."""
    with server.visitor() as visitor:
        number = visitor.go_to_review()
        visitor.wait_for(VISIT)
        assert visitor.keep() == number
        visitor.press("f12")
        assert visitor.ended() == 0
        visitor.look()
        assert not visitor.screen_text().strip()
        assert KEPT not in visitor.history_text()
    server.until_nobody_is_left()
    assert [row["number"] for row in station.listed(server.home, desk)["rows"]] == [number]


@pytest.mark.parametrize("key", ["legacy", "Esc three times"])
def test_panic(server: Server, desk: Path, key: str) -> None:
    """P2, P8, D1: panic at the review page ends the connection, leaves nothing on the glass, and keeps nothing."""
    with server.visitor() as visitor:
        visitor.go_to_review()
        visitor.send(PANIC[key])
        assert visitor.ended() == 0
        visitor.look()
        assert not visitor.screen_text().strip()
    server.until_nobody_is_left()
    assert station.listed(server.home, desk)["rows"] == []


def test_a_client_that_is_cut_off(server: Server, desk: Path) -> None:
    """P3, I2: a client that is killed, or whose terminal vanishes, leaves no process behind and nothing kept."""
    for cut in ("killed", "vanished"):
        with server.visitor() as visitor:
            visitor.go_to_review()
            assert len(server.serving()) >= 3
            if cut == "killed":
                kill(visitor.process.pid)
            else:
                visitor.vanish()
            visitor.ended()
            server.until_nobody_is_left()
    assert station.listed(server.home, desk)["rows"] == []


def test_nothing_else_is_served(server: Server, tmp_path: Path) -> None:
    """P11, I5, I6: whatever command a client names, it gets the kiosk; without a terminal that ends at once with
    status 4.
    """
    mark = tmp_path / "mark"
    commands = (
        (server.who, "id"),
        (server.who, f"touch {mark}"),
        (server.who, f"sh -c 'touch {mark}'"),
        (server.who, f"; touch {mark}"),
        (server.who, f"$(touch {mark})"),
        (server.who,),
        ("-o", f"SetEnv=LD_PRELOAD={mark} PYTHONSTARTUP={mark} TEXTUAL_LOG={mark}", server.who, "id"),
    )
    for words in commands:
        done = server.ask(*words, stdin=f"touch {mark}\nid\n".encode())
        assert done.returncode == ExitCode.ENVIRONMENT, (words, done.stderr)
        assert b"uid=" not in done.stdout + done.stderr
        assert b"terminal" in done.stderr
    assert server.ask("-s", server.who, "sftp").returncode == NOT_SERVED
    assert not mark.exists()
    server.until_nobody_is_left()


def test_no_forwarding(server: Server) -> None:
    """P11, I5: no other host is reached through the server, and no program of it runs for a forwarding alone."""
    done = server.ask("-W", f"127.0.0.1:{server.port}", server.who)
    assert done.returncode == NOT_SERVED
    assert b"SSH-2.0" not in done.stdout
    server.until_nobody_is_left()
