"""Terminals of every name over SSH: each gets the kiosk or is refused in a sentence; none gets anything else."""

from __future__ import annotations

import pytest

from kiosk.errors import ExitCode
from tests.faults.visitor import HOME
from tests.hosts.server import NEEDED, Server

pytestmark = pytest.mark.tool(*NEEDED)

SERVED = ("linux", "screen", "tmux-256color")
REFUSED = (
    "vt100",
    "dumb",
    "unknown",
    "",
    "nobody-knows-this",
    "../../../etc/passwd",
    "x" * 4000,
    "%n%s\x1b]0;mark\x07",
)
REASON = "This terminal's kind (TERM) is not one the program knows."


def test_a_terminal_that_is_known(server: Server) -> None:
    """P2, B9: by the names of the console and of multiplexers there is a home page, and leaving works;
    xterm's is the name in every other test over SSH.
    """
    for kind in SERVED:
        with server.visitor(extra={"TERM": kind}) as visitor:
            visitor.wait_for(HOME)
            visitor.press("f12")
            assert visitor.ended() == 0
    server.until_nobody_is_left()


def test_a_terminal_that_nobody_knows(server: Server) -> None:
    """P11, B9, I5: one without a name, with an unknown, endless or hostile one is refused in a sentence, and the name
    is shown nowhere.
    """
    for kind in REFUSED:
        with server.visitor(extra={"TERM": kind}) as visitor:
            assert visitor.ended() == ExitCode.ENVIRONMENT
            visitor.wait_for(REASON)
            assert b"\x1b]0;mark" not in visitor.log and b"xxxx" not in visitor.log
    server.until_nobody_is_left()
