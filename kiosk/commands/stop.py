"""`kiosk stop`: every running kiosk of this user ends, its terminal cleared and given back."""

from __future__ import annotations

import argparse

from kiosk.commands.panic import kiosks
from kiosk.errors import ExitCode, KioskError
from kiosk.parser import sentence


class DidNotEnd(KioskError):
    """A kiosk did not end in time."""

    hint = "`kiosk panic` ends one that does not answer."


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    text = "end every running kiosk of this user, as Ctrl+Q does where it is on"
    commands.add_parser("stop", help=text, description=f"{sentence(text)}.")


def run(parsed: argparse.Namespace) -> int:
    """End the kiosks, wait until they are gone, and say how many there were."""
    from kiosk.launch.stopping import as_its_owner, stop
    from kiosk.paths import place

    here = place().run
    as_its_owner(here)
    came = stop(here)
    if came.all == 0:
        print("No kiosk is running.")
    if came.left:
        print(f"{kiosks(came.left)} ended.")
    if came.stuck:
        raise DidNotEnd(f"{kiosks(came.stuck)} did not end.")
    return ExitCode.DONE
