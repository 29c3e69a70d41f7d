"""Starting the full-screen desk: under the supervisor, with a frame of its own that tells nothing."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NoReturn

from kiosk import bytecode, launch, running
from kiosk.environment import for_child

if TYPE_CHECKING:
    from kiosk.config import Station
    from kiosk.paths import Place

IDLE_SECONDS = 300
"""Silence after which an open desk locks, in seconds."""
WARN_SECONDS = 30
"""Seconds before that at which it says so."""

NEUTRAL = ("This screen is locked.",)
"""What stands on the screen when no desk has painted one yet."""


def full_screen(place: Place, station: Station) -> NoReturn:
    """Become the supervisor of a desk on this terminal. Raises KioskError."""
    bytecode.make()  # the desk is jailed: it could not write into the program's own folders
    place.run.mkdir(mode=0o700, exist_ok=True)
    own = dict(os.environ)
    environment = for_child(own) | {"KIOSK_HOME": os.fspath(place.home)}
    for name in ("HOME", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS"):
        if name in own:
            environment[name] = own[name]
    plan = launch.Plan(
        sitting=launch.Program(launch.python("kiosk.desk"), environment),
        neutral=NEUTRAL,
        idle_seconds=IDLE_SECONDS,
        warn_seconds=WARN_SECONDS,
        panic_key=station.panic_key,
        after_leaving="home",
        quit=True,
        standby=True,
    )
    launch.become(plan, None, [running.enter(place.run)])
