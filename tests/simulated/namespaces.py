"""The seam: the supervisor's modules call the machine by a few names, and these are made to mean the made-up kernel.

Nothing in `kiosk/supervisor/` knows of it. A name or a function that is not simulated is an error, not the machine's.
"""

from __future__ import annotations

import contextlib
import ctypes
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from kiosk.supervisor import (
    buffers,
    channels,
    children,
    clerk,
    clock,
    ending,
    guardian,
    handover,
    home_frame,
    loop,
    panic_proof,
    processes,
    settings,
    signals,
    stage,
    starting,
    state,
    supervising,
    terminal,
    voice,
)
from tests.simulated.os_calls import Os
from tests.simulated.other_calls import Fcntl, Library, Select, Signal, Socket, Termios, Time, Wiped, file_over
from tests.simulated.world import World

_ROOM = 1 << 16
"""Bytes of a buffer, at most: the large one is for pastes, and takes its time to make."""


@contextlib.contextmanager
def simulated(world: World) -> Iterator[Os]:
    """Inside, the supervisor runs on the kernel of `world`."""
    names = Os(world)
    Wiped.world = world
    kinds: dict[str, Any] = {
        "os": names,
        "select": Select(world),
        "signal": Signal(world),
        "termios": Termios(world),
        "fcntl": Fcntl(world),
        "socket": Socket(world),
        "time": Time(world),
        "ctypes": SimpleNamespace(CDLL=lambda _: Library(world.kernel), c_long=ctypes.c_long),
        "open": file_over(names),
    }
    asks = {
        buffers: "os",
        channels: "os fcntl socket termios",
        children: "os select signal time open",
        clerk: "os",
        clock: "ctypes os time",
        ending: "os select time",
        guardian: "os",
        handover: "os",
        home_frame: "os",
        panic_proof: "fcntl os",
        processes: "os",
        settings: "os",
        signals: "os signal",
        starting: "os",
        state: "os open",
        supervising: "os",
        terminal: "fcntl os termios",
        voice: "os signal",
    }
    with contextlib.ExitStack() as patches:
        for module, wanted in asks.items():
            told = {name: kinds[name] for name in wanted.split()}
            patches.enter_context(patch.multiple(module, create=True, **told))
        patches.enter_context(patch.multiple(loop, select=Select(world, world.rests, world.returns)))
        patches.enter_context(patch.multiple(buffers, private_room=lambda size: bytearray(min(size, _ROOM))))
        patches.enter_context(patch.multiple(children, Memory=Wiped))
        patches.enter_context(patch.multiple(processes, start=world.start))
        patches.enter_context(patch.object(stage.Stage, "give_terminal", world.given(stage.Stage.give_terminal)))
        patches.enter_context(patch.multiple(supervising, fail=world.fault(supervising.fail)))
        yield names
