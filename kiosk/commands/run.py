"""`kiosk run`: checks everything, then turns into the supervisor that serves visitors on this terminal."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from kiosk.errors import ExitCode, Refused

if TYPE_CHECKING:
    from kiosk.paths import Place


class NotFinished(Refused):
    """Set-up was offered and left."""

    hint = "Run `kiosk setup` when you are ready."


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    text = "the kiosk on this terminal (also what `kiosk` alone does)"
    parser = commands.add_parser("run", help=text, description="Start the kiosk on this terminal.")
    parser.add_argument("--practice", action="store_true", help="the same with made-up content; nothing is stored")


def run(parsed: argparse.Namespace) -> int:
    """Start the kiosk. Returns only when set-up was left; else the process becomes the supervisor."""
    from kiosk.launch import require_terminal
    from kiosk.paths import place
    from kiosk.recorders import refuse

    require_terminal()
    here = place()
    if parsed.practice:
        from kiosk.opening import open_practice

        open_practice(here)
    if not here.set_up:
        refuse(allowed=False)
        set_up(here)
    from kiosk.opening import open_kiosk

    open_kiosk(here)


def set_up(here: Place) -> None:
    """Offer the full-screen set-up on this terminal. Raises `NotFinished` when it was left."""
    from kiosk.setup.start import full_screen

    status = full_screen(here)
    if status != ExitCode.DONE or not here.set_up:
        raise NotFinished("Set-up was left before it was finished, so there is no kiosk yet.")
