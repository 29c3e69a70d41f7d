"""`kiosk withdraw`: removes records for good, by number, or those that their visitors took back."""

from __future__ import annotations

import argparse

from kiosk.commands.passphrase import add_option, unlocked
from kiosk.errors import ExitCode, UsageProblem
from kiosk.parser import sentence


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    text = "remove a record from this machine for good, with all later requests about it"
    parser = commands.add_parser(
        "withdraw",
        help=text,
        description=f"{sentence(text)}; no stick, sync or draw brings its number back here. "
        "Without a number: carry out what visitors asked for.",
    )
    parser.add_argument("number", metavar="NUMBER", nargs="*", help="as the visitor says it, spaces allowed")
    add_option(parser)


def run(parsed: argparse.Namespace) -> int:
    """Remove, rebuild the file, and say what went."""
    from kiosk.paths import check_modes, place
    from kiosk.vault import health

    number = _number(parsed.number)
    here = place()
    check_modes(here)
    health.check(here.summaries)
    seed = unlocked(here, parsed.passphrase_file)
    from kiosk.desk.region import Region
    from kiosk.desk.removing import opened_at, remove_taken_back, with_requests
    from kiosk.vault.removal import remove

    region = Region.read(here.desk_toml, seed)
    if number is None:
        gone = remove_taken_back(here, region, seed)
    else:
        gone = remove(here, region.number_key, sorted(with_requests(opened_at(here, region, seed), [number])))
    print(f"Removed here: {gone}. The file was rebuilt; nothing of a removed record is left in it.")
    if number is not None and not gone:
        print("No record lay here under this number. It is marked as removed, so that none will.")
    print("What lies on other machines stays there: no stick and no sync removes a record on another machine.")
    return ExitCode.DONE


def _number(words: list[str]) -> int | None:
    """The number that was typed, in one word or in its three groups. Raises UsageProblem."""
    from kiosk.vault.numbers import parse

    if not words:
        return None
    number = parse("".join(words))
    if number is None:
        raise UsageProblem("This is no number that a kiosk gave: eight digits, the last of which checks the others.")
    return number
