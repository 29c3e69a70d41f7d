"""`kiosk doctor`: every check of this host, each with its mend."""

from __future__ import annotations

import argparse

from kiosk.parser import sentence


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    text = "look this host over: what is not as it should be, and its mend"
    ends = "Ends with 0 when nothing is weak or broken, 3 when something is weak, 4 when something is broken."
    parser = commands.add_parser("doctor", help=text, description=f"{sentence(text)}. {ends}")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(parsed: argparse.Namespace) -> int:
    """Look, and print what was found."""
    from kiosk.doctor.checkup import STATUS, as_json, as_lines, check_up, worst
    from kiosk.doctor.finding import Host
    from kiosk.launch.environment import given
    from kiosk.paths import place

    checked = check_up(Host(place(), environ=given()))
    print(as_json(checked) if parsed.json else "\n".join(as_lines(checked)))
    return STATUS[worst(checked)]
