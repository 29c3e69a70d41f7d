"""`kiosk run`: checks everything, then turns into the supervisor that serves visitors on this terminal."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    text = "the kiosk on this terminal (also what `kiosk` alone does)"
    parser = commands.add_parser("run", help=text, description="Start the kiosk on this terminal.")
    parser.add_argument("--practice", action="store_true", help="the same with made-up content; nothing is stored")


def run(parsed: argparse.Namespace) -> int:
    """Start the kiosk as it was asked for."""
    return start(practice=parsed.practice)


def start(*, practice: bool) -> int:
    """Start the kiosk. Returns only when set-up was left; else the process becomes the supervisor."""
    gc.disable()  # this process is soon another one, and looking for rubbish takes a tenth of its time
    from kiosk.launch import require_terminal
    from kiosk.paths import place
    from kiosk.recorders import refuse

    require_terminal()
    here = place()
    if practice:
        from kiosk.opening import open_practice

        open_practice(here)
    if not here.set_up:
        refuse(allowed=False)
        from kiosk.setup.start import full_screen

        full_screen(here)
    from kiosk.opening import open_kiosk

    open_kiosk(here)
