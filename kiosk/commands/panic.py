"""`kiosk panic`: every running kiosk of this user leaves now."""

from __future__ import annotations

import argparse

from kiosk.errors import ExitCode
from kiosk.parser import sentence


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    text = "leave now on every running kiosk of this user"
    commands.add_parser("panic", help=text, description=f"{sentence(text)}.")


def run(parsed: argparse.Namespace) -> int:
    """Signal the kiosks and say how many there were."""
    from kiosk.launch.running_kiosks import panic_all
    from kiosk.paths import place

    count = panic_all(place().run)
    print("No kiosk is running." if count == 0 else f"{count} kiosk{'' if count == 1 else 's'} left.")
    return ExitCode.DONE
