"""Starting the full-screen set-up: under the supervisor, with a neutral frame of its own."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from kiosk import launch
from kiosk.environment import for_child

if TYPE_CHECKING:
    from kiosk.paths import Place

IDLE_SECONDS = 900
"""Silence after which an unfinished set-up ends, in seconds: long, since a passphrase has to be written down."""

NEUTRAL = ("Set-up was left. Nothing has been made.", "", "This window can be closed.")
"""What stands on the screen when set-up is left."""


def full_screen(place: Place, *, recorded: bool = False, allow_recorder: bool = False) -> int:
    """Run the set-up on this terminal and wait. Returns its exit status: 0 when a kiosk was made.

    `recorded`: this terminal keeps what is shown, so no passphrase may be.
    """
    own = dict(os.environ)
    environment = for_child(own) | {"KIOSK_HOME": os.fspath(place.home)}
    for name in ("HOME", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS"):
        if name in own:
            environment[name] = own[name]
    del environment["PYTHONDONTWRITEBYTECODE"]  # set-up compiles what a sitting will need
    words = [*(["--recorded"] if recorded else []), *(["--allow-recorder"] if allow_recorder else [])]
    return launch.run_beside(
        launch.Plan(
            sitting=launch.Program(launch.python("kiosk.setup", *words), environment),
            neutral=NEUTRAL,
            idle_seconds=IDLE_SECONDS,
            after_leaving="end",
            standby=False,
        )
    )
