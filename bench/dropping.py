"""A visitor who drops off over SSH: how long after the server's noticing her sitting is ended.

    python bench/dropping.py --trials 20

Two ways: her client is killed, or the link goes dead and the server's own question (`ClientAliveInterval`) stays
without an answer. The moment of notice is the line that sshd writes into its log; the ends are those of the program
that she sat before, and of the last process of her connection. The peer: a bare Textual program behind the same block.
"""

from __future__ import annotations

import os
import select
import shlex
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from measure import Sample, host, in_turn, options, table  # noqa: E402  # the tests are no package of the product
from sessions import Bare  # noqa: E402

from tests.faults import station  # noqa: E402
from tests.faults.visitor import HOME, SITTING, Visitor, kill  # noqa: E402
from tests.hosts.link import Link  # noqa: E402
from tests.hosts.server import PATIENCE, Server  # noqa: E402
from tests.terminal import proc  # noqa: E402

HELLO = b"hello.py"
SAID = {
    "client killed": ("Connection closed by", "Connection reset by"),
    "link dead": ("Timeout, client not responding",),
}
"""What sshd writes into its log once it has noticed."""
STEP = 0.0005
"""Seconds between two looks at the log."""


def ends(server: Server, said: tuple[str, ...], program: bytes, drop: Callable[[], None]) -> tuple[int, int]:
    """Drop, and wait for every end. Returns nanoseconds from the notice to the end of the program, and to the last."""
    open_now = {os.pidfd_open(pid): pid for pid in proc.family(server.process.pid)}
    theirs = {fd for fd, pid in open_now.items() if program in proc.command(pid)}
    assert theirs, [proc.command(pid) for pid in open_now.values()]
    noticed, at, before = 0, {}, len(server.log())
    drop()
    give_up = time.monotonic() + PATIENCE
    while not noticed or len(at) < len(open_now):
        assert time.monotonic() < give_up, [proc.command(open_now[fd]) for fd in open_now.keys() - at.keys()]
        for fd in select.select(open_now.keys() - at.keys(), (), (), STEP)[0]:
            at[fd] = time.monotonic_ns()
        if not noticed and any(each in server.log()[before:] for each in said):
            noticed = time.monotonic_ns()
    for fd in open_now:
        os.close(fd)
    return max(0, max(at[fd] for fd in theirs) - noticed), max(0, max(at.values()) - noticed)


def trial(server: Server, way: str, words: str, kind: type[Visitor], program: bytes) -> tuple[int, int]:
    """One visitor who drops off."""
    with Link(server.port) as link:
        port = link.port if way == "link dead" else server.port
        with kind(server.home, program=server.client("-e", "none", "-tt", server.who, port=port)) as visitor:
            visitor.wait_for(words)
            visitor.wait(
                lambda: any(program in proc.command(pid) for pid in proc.family(server.process.pid)), "her own"
            )
            drop = link.go_dead if way == "link dead" else lambda: kill(visitor.process.pid)
            found = ends(server, SAID[way], program, drop)
            kill(visitor.process.pid)
            return found


def main() -> int:
    """Measure, and print."""
    told = options(__doc__, trials=20).parse_args()
    print(host())
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        home = station.copy(station.set_up(folder), folder / "kiosk")
        servers = {
            who: stack.enter_context(Server(folder / f"{who}-sshd", home, also="LogLevel VERBOSE\n", asked_every=1))
            for who in ("kiosk", "hello")
        }
        hello = shlex.join([sys.executable, "-s", "-P", str(Path(__file__).with_name("hello.py"))])
        (servers["hello"].folder / "session").write_text(f"#!/bin/sh\nexec {hello}\n")
        how = {"kiosk": (HOME, Visitor, SITTING), "hello": ("hello from the bench", Bare, HELLO)}
        found = {(way, who): (Sample(), Sample()) for way in SAID for who in how}
        for way in SAID:
            for who in in_turn(list(how), told.trials):
                for sample, took in zip(found[way, who], trial(servers[who], way, *how[who]), strict=True):
                    sample.add(took)
    named = {"kiosk": "her sitting", "hello": "a bare Textual hello"}
    table(
        "From the server's noticing to the end (ms)",
        ["dropped by", "who", "answered", "p50", "p99", "max", "last process p50", "p99", "max"],
        [
            [way, named[who], own.answered, *own.columns(1), *last.columns(1)]
            for (way, who), (own, last) in found.items()
        ],
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
