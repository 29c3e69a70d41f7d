"""`kiosk panic`: every running kiosk of this user leaves now."""

from __future__ import annotations

import argparse

from kiosk.errors import ExitCode, KioskError
from kiosk.parser import sentence


class DidNotLeave(KioskError):
    """A kiosk is still there, whatever was done."""

    hint = "Go there and switch its screen off, then look for what holds the process (`ps`, state D)."


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    text = "leave now on every running kiosk of this user"
    commands.add_parser("panic", help=text, description=f"{sentence(text)}.")


def run(parsed: argparse.Namespace) -> int:
    """Have the kiosks leave, wait for the proof, and say what came of it."""
    from kiosk.launch.stopping import as_its_owner, panic
    from kiosk.paths import place

    here = place().run
    as_its_owner(here)
    came = panic(here)
    if came.all == 0:
        print("No kiosk is running.")
    if came.left:
        print(f"{kiosks(came.left)} left.")
    if came.forced:
        print(f"{kiosks(came.forced)} did not answer and had to be ended: look whether its screen is clear.")
    if came.unknown:
        print(f"{kiosks(came.unknown)} had to leave; whether it did cannot be seen from here: look at its screen.")
    if came.stuck:
        raise DidNotLeave(f"{kiosks(came.stuck)} did not leave.")
    return ExitCode.DONE


def kiosks(count: int) -> str:
    """So many of them, in words."""
    return f"{count} kiosk{'' if count == 1 else 's'}"
