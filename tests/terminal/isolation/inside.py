"""Takes a sitting's or a clerk's place: begins as that does, tries everything, and tells it over what it was given."""

from __future__ import annotations

import json
import os
import socket
import sys
from pathlib import Path

HELD = {"grow a file that was open"}
"""What needs something that a sitting is not given."""


def battery(told: dict[str, object]) -> bytes:
    """Try everything here, in this very process. One that succeeds in being replaced never answers."""
    from tests.terminal.isolation.attempts import ATTEMPTS, World, descriptors, outcome

    open_now = descriptors()
    world = World(**told | {"places": tuple(told["places"])})  # type: ignore[arg-type]
    found = {name: outcome(action, world) for name, action in ATTEMPTS.items() if name not in HELD}
    return json.dumps({"descriptors": open_now, "found": found}).encode()


def a_sitting() -> None:
    """As `kiosk.sitting` begins; what is told comes in by the snapshot, and the answer goes out on its terminal."""
    import tests.terminal.isolation.attempts  # noqa: F401  # the tests' folder is none that a sitting may read
    from kiosk.jail import Profile
    from kiosk.terminal.process import begin

    held = begin(Profile.VISITOR)
    told = json.loads(os.pread(3, 65536, 0))
    answer = battery(told | {"own": 0}) + b"\n"
    while answer:
        answer = answer[os.write(1, answer) :]
    del held


def a_clerk() -> None:
    """As `kiosk.vault.clerk` begins; it is asked and answers on its line, in pieces."""
    import tests.terminal.isolation.attempts  # noqa: F401
    from kiosk.paths import Place
    from kiosk.vault.clerk_jail import shut_in

    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET, fileno=5) as line:
        told = json.loads(line.recv(65536))
        shut_in(Place(Path(told["home"])), line)
        answer = battery(told)
        for start in range(0, len(answer), 1000):
            line.send(answer[start : start + 1000])


if __name__ == "__main__":
    {"sitting": a_sitting, "clerk": a_clerk}[sys.argv[1]]()
