"""Starting `kiosk directory` in full screen: under the supervisor, as set-up is."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from kiosk.launch import bytecode
from kiosk.launch.become_supervisor import Plan, Program, python, require_terminal, run_beside
from kiosk.launch.environment import for_child

if TYPE_CHECKING:
    from kiosk.paths import Place

IDLE_SECONDS = 900
"""Silence after which the pages end, in seconds: a call may lie between two of them."""
NEUTRAL = ("The directory was left. What was saved is saved.", "", "This window can be closed.")
"""What stands on the screen when the pages are left."""


def full_screen(place: Place) -> int:
    """Show the pages on this terminal, and wait. Returns the exit status: 0, whichever way they were left."""
    require_terminal()
    bytecode.ready()  # the pages are jailed: they could not write into the program's own folders
    environment = for_child(dict(os.environ)) | {"KIOSK_HOME": os.fspath(place.home)}
    return run_beside(
        Plan(
            sitting=Program(python("kiosk.directory.editor"), environment),
            neutral=NEUTRAL,
            idle_seconds=IDLE_SECONDS,
            after_leaving="end",
            standby=False,
        )
    )
