"""Programs beside the sittings: the clerk, and the one that tidies up at the end. Neither is ever killed by us."""

from __future__ import annotations

import os

from kiosk.supervisor import processes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kiosk.supervisor.children import Sitting
    from kiosk.supervisor.settings import Program


def start_clerk(program: Program, sitting: Sitting) -> int:
    """Start the clerk on the other end of `sitting`'s clerk line. Returns its process id, 0 where one was before.

    It ends by itself when the sitting's end of the line is gone, and may finish a record first.
    """
    if sitting.clerk_line < 0:
        return 0
    line, sitting.clerk_line = sitting.clerk_line, -1
    os.set_blocking(line, True)
    try:
        return _start(program, {5: line})
    finally:
        os.close(line)


def start_closing(program: Program) -> None:
    """Start the program that tidies up after us; nobody waits for it."""
    _start(program, {})


def _start(program: Program, lines: dict[int, int]) -> int:
    try:
        nowhere = os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return 0
    try:
        return processes.start(program, {0: nowhere, 1: nowhere, 2: nowhere, **lines}, outlives=True)
    except OSError:
        return 0
    finally:
        os.close(nowhere)
