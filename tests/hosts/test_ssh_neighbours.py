"""Two visitors of one account, both over SSH: whoever has taken one's sitting over reaches nothing of the other."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults.visitor import CLERK, SITTING, SUPERVISOR
from tests.hosts.server import NEEDED, Server
from tests.terminal import proc
from tests.terminal.isolation import hand
from tests.terminal.isolation.attempts import ATTEMPTS, outcome
from tests.terminal.isolation.world import made

pytestmark = pytest.mark.tool(*NEEDED)

HARMLESS = ("read another's command line", "signal another", "read the list", "open another terminal")
"""What this account may do from outside of a sitting, and harms nobody."""


def test_a_neighbour_of_the_same_account(server: Server, tmp_path: Path) -> None:
    """P11, I8: from inside a sitting no process of the other's (her sitting, her supervisor, her clerk) can be opened,
    signalled, traced or read, neither of her two terminals opened, no file of theirs read or made; her visit goes on.
    """
    folder = tmp_path / "around"
    folder.mkdir()
    with server.visitor() as other, made(folder) as world:
        number = other.go_to_review()
        hers = {pid: proc.command(pid) for pid in proc.family(server.process.pid)}
        kinds = {
            kind: [pid for pid, command in hers.items() if kind in command] for kind in (SITTING, SUPERVISOR, CLERK)
        }
        (supervisor,) = kinds[SUPERVISOR]
        outer, inner = (_terminal(kinds[kind][0]) for kind in (SUPERVISOR, SITTING))
        assert outer != inner
        assert all(kinds.values())
        for pid, terminal in ((kinds[SITTING][0], inner), (supervisor, outer), (kinds[CLERK][0], outer)):
            beside = replace(
                world, home=str(server.home), places=(str(server.home), *world.places), other=pid, terminal=terminal
            )
            for name in HARMLESS:
                assert outcome(ATTEMPTS[name], beside) == "done", name
            found = hand.sitting(beside)["found"]
            assert HARMLESS[0] in found
            assert {name for name, end in found.items() if end == "done"} == set()
        assert other.keep() == number
        other.press("f12")
        assert other.ended() == 0
    server.until_nobody_is_left()


def _terminal(pid: int) -> str:
    """The terminal that a process reads from."""
    return os.readlink(f"/proc/{pid}/fd/0")
