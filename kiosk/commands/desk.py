"""`kiosk desk`: the provider's full-screen list."""

from __future__ import annotations

import argparse


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    commands.add_parser(
        "desk",
        help="the provider's list, full screen: open, rank, filter",
        description="The provider's full-screen list on this terminal. It opens with the passphrase of the provider's "
        "key and locks after five minutes without a key, on F12, and on Esc three times.",
    )


def run(parsed: argparse.Namespace) -> int:
    """Become the desk."""
    from kiosk import config
    from kiosk.commands.passphrase import on_this_machine
    from kiosk.launch import recorders
    from kiosk.launch.become_supervisor import require_terminal
    from kiosk.paths import check_modes, place
    from kiosk.vault import health

    here = place()
    check_modes(here)
    on_this_machine(here)
    require_terminal()
    station = config.read(here.station_toml)
    recorders.refuse(allowed=station.allow_recorder)
    health.check(here.summaries)
    from kiosk.desk.start import full_screen

    full_screen(here, station)
