"""Starting the full-screen set-up: under the supervisor, with a neutral frame of its own."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kiosk.errors import ExitCode, Refused
from kiosk.launch import bytecode
from kiosk.launch.become_supervisor import Plan, Program, python, run_beside
from kiosk.launch.environment import for_child
from kiosk.setup.folder import prepare, sweep

if TYPE_CHECKING:
    from kiosk.paths import Place

IDLE_SECONDS = 900
"""Silence after which an unfinished set-up ends, in seconds: long, since a passphrase has to be written down."""

NEUTRAL = ("Set-up was left. Nothing has been made.", "", "This window can be closed.")
"""What stands on the screen when set-up is left."""


class NotFinished(Refused):
    """Set-up was left."""

    hint = "Run `kiosk setup` when you are ready."


def full_screen(place: Place, words: Sequence[str] = ()) -> None:
    """Run the set-up on this terminal, starting from the options `words`, and wait.

    Raises `NotFinished` when it was left. What a set-up that was cut off left behind is removed,
    before and after.
    """
    prepare(place)
    bytecode.make()  # set-up is jailed: it could not write into the program's own folders
    own = dict(os.environ)
    environment = for_child(own) | {"KIOSK_HOME": os.fspath(place.home)}
    for name in ("HOME", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS"):
        if name in own:
            environment[name] = own[name]
    status = run_beside(
        Plan(
            sitting=Program(python("kiosk.setup", *words), environment),
            neutral=NEUTRAL,
            idle_seconds=IDLE_SECONDS,
            after_leaving="end",
            standby=False,
        )
    )
    sweep(place)
    if status != ExitCode.DONE or not place.set_up:
        raise NotFinished("Set-up was left before it was finished; nothing has been made.")
