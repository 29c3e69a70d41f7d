"""A sitting and a clerk, each begun by the supervisor's own hand, that try everything and tell what worked."""

from __future__ import annotations

import json
import os
import pty
import sys
import termios
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kiosk.launch import become_supervisor
from kiosk.launch.environment import for_sitting
from kiosk.supervisor import news
from kiosk.supervisor.children import Sitting
from kiosk.supervisor.settings import Program
from tests.pace import tries
from tests.terminal.glass import PATIENCE
from tests.terminal.isolation.attempts import World

INSIDE = Path(__file__).with_name("inside.py")
ROOT = str(Path(__file__).parents[3])


def program(who: str) -> Program:
    """The kiosk's own interpreter, told where the tests lie."""
    command = [sys.executable, "-s", str(INSIDE), who]
    return Program({"argv": command, "env": for_sitting({"TERM": "xterm"}) | {"PYTHONPATH": ROOT}})


def sitting(world: World) -> dict[str, Any]:
    """What a sitting that was taken over finds: each attempt's end, and its descriptors."""
    master, slave = pty.openpty()
    modes = termios.tcgetattr(slave)
    snapshot = become_supervisor.memory("snapshot", json.dumps(asdict(world)).encode())
    with news.opened(__file__) as editions:
        begun = Sitting.start(program("sitting"), snapshot, modes, (80, 24), time.monotonic(), editions)
    try:
        begun.greet()
        return _answer(begun.master)
    finally:
        begun.kill(wipe=False)
        for _ in tries("the end of a sitting"):
            if begun.reap():
                break
        begun.close()
        for each in (master, slave, snapshot):
            os.close(each)


def _answer(master: int) -> dict[str, Any]:
    """What was written on a terminal, to the end of its line."""
    said, end = b"", time.monotonic() + PATIENCE
    while not said.endswith(b"\n"):
        assert time.monotonic() < end, said
        try:
            said += os.read(master, 65536)
        except BlockingIOError:
            time.sleep(0.01)
    found: dict[str, Any] = json.loads(said)
    return found
