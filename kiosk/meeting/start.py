"""Starting the full-screen meeting: under the supervisor, with a frame of its own that tells nothing."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NoReturn

from kiosk.desk.start import NEUTRAL, WARN_SECONDS
from kiosk.launch import become_supervisor, bytecode, running_kiosks
from kiosk.launch.become_supervisor import Plan, Program, python
from kiosk.launch.environment import for_child
from kiosk.paths import place

IDLE_SECONDS = 1_800
"""Silence after which an open meeting locks, in seconds: people talk about one row for long."""


def full_screen(path: Path, who: str, panic_key: str | None) -> NoReturn:
    """Become the supervisor of a meeting on this terminal. Raises KioskError."""
    bytecode.ready()
    here = place()
    here.run.mkdir(mode=0o700, parents=True, exist_ok=True)
    program = python("kiosk.meeting", os.fspath(path.resolve()), who)
    plan = Plan(
        sitting=Program(program, for_child(dict(os.environ))),
        neutral=NEUTRAL,
        idle_seconds=IDLE_SECONDS,
        warn_seconds=WARN_SECONDS,
        panic_key=panic_key,
        after_leaving="home",
        quit=True,
        standby=True,
    )
    become_supervisor.become(plan, None, [running_kiosks.enter(here.run)])
