"""Starting the full-screen desk: under the supervisor, with a frame of its own that tells nothing."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NoReturn

from kiosk.errors import KioskError
from kiosk.launch import become_supervisor, bytecode, running_kiosks
from kiosk.launch.become_supervisor import Plan, Program, python
from kiosk.launch.environment import for_child

if TYPE_CHECKING:
    from kiosk.config import Station
    from kiosk.paths import Place

IDLE_SECONDS = 300
"""Silence after which an open desk locks, in seconds."""
WARN_SECONDS = 30
"""Seconds before that at which it says so."""

NEUTRAL = ("This screen is locked.",)
"""What stands on the screen when no desk has painted one yet."""


class ServerUnknown(KioskError):
    """The region's server has no address here."""

    hint = "Look at `database` in station.toml and at this machine's network."


def full_screen(place: Place, station: Station) -> NoReturn:
    """Become the supervisor of a desk on this terminal. Raises KioskError."""
    bytecode.make()  # the desk is jailed: it could not write into the program's own folders
    place.run.mkdir(mode=0o700, exist_ok=True)
    own = dict(os.environ)
    environment = for_child(own) | {"KIOSK_HOME": os.fspath(place.home)}
    for name in ("HOME", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS"):
        if name in own:
            environment[name] = own[name]
    plan = Plan(
        sitting=Program(python("kiosk.desk", *_found(place)), environment),
        neutral=NEUTRAL,
        idle_seconds=IDLE_SECONDS,
        warn_seconds=WARN_SECONDS,
        panic_key=station.panic_key,
        after_leaving="home",
        quit=True,
        standby=True,
    )
    become_supervisor.become(plan, None, [running_kiosks.enter(place.run)])


def _found(place: Place) -> list[str]:
    """Where the region's server is, if there is one: nobody can look a name up inside the desk's jail."""
    from kiosk.vault.reach import look_up
    from kiosk.vault.records import region_of

    region = region_of(place)
    try:
        return [] if region is None else [f"{name}={value}" for name, value in look_up(region).items()]
    except OSError:
        raise ServerUnknown("The region's server cannot be found by its name.") from None
