"""`kiosk run`: checks everything, then turns into the supervisor that serves visitors on this terminal."""

from __future__ import annotations

import gc

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from kiosk.paths import Place


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    text = "the kiosk on this terminal (also what `kiosk` alone does)"
    parser = commands.add_parser("run", help=text, description="Start the kiosk on this terminal.")
    parser.add_argument("--practice", action="store_true", help="the same with made-up content; nothing is stored")
    parser.add_argument("--line", action="store_true", help="line by line instead of a full screen, for screen readers")


def run(parsed: argparse.Namespace) -> int:
    """Start the kiosk as it was asked for."""
    return start(practice=parsed.practice, line=parsed.line)


def start(*, practice: bool, line: bool = False) -> int:
    """Start the kiosk. Returns only when set-up was left; else the process becomes the supervisor."""
    gc.disable()  # this process is soon another one, and looking for rubbish takes a tenth of its time
    from contextlib import nullcontext

    from kiosk.launch import first_sitting
    from kiosk.launch.resource_limits import require_descriptors

    require_descriptors()
    first = first_sitting.start()
    with first or nullcontext():
        from kiosk.launch.become_supervisor import require_terminal
        from kiosk.paths import place

        require_terminal()
        here = place()
        if practice:
            from kiosk.launch.preflight import open_practice

            open_practice(here, first, line=line)
        from kiosk.launch.preflight import open_kiosk

        if here.set_up:
            open_kiosk(here, first, line=line)
    return _offer_setup(here, line=line)


def _offer_setup(here: Place, *, line: bool) -> int:
    """Nothing is set up yet: offer it, full screen. Returns when it was left; else the kiosk starts."""
    from kiosk.launch.recorders import refuse

    refuse(allowed=False)
    from kiosk.setup.start import full_screen

    full_screen(here)
    from kiosk.launch.preflight import open_kiosk

    open_kiosk(here, line=line)
