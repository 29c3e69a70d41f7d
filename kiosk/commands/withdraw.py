"""`kiosk withdraw`: removes records for good, by number, or those that their visitors took back."""

from __future__ import annotations

import argparse

from kiosk.commands.opened_list import opened_list
from kiosk.commands.passphrase import add_option
from kiosk.errors import ExitCode, UsageProblem
from kiosk.parser import sentence


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    text = "remove a record for good, with all later requests about it"
    parser = commands.add_parser(
        "withdraw",
        help=text,
        description=f"{sentence(text)}; no stick, sync, backup or draw brings its number back. "
        "Without a number: carry out what visitors asked for.",
    )
    parser.add_argument("number", metavar="NUMBER", nargs="*", help="as the visitor says it, spaces allowed")
    add_option(parser)


def run(parsed: argparse.Namespace) -> int:
    """Remove, rebuild the file, and say what went."""
    number = _number(parsed.number)
    at = opened_list(parsed.passphrase_file)
    numbers = at.live_list.taken_back if number is None else at.live_list.with_requests(number)
    from kiosk.desk.records.removing import remove

    at.region.must_deal()
    gone = remove(at.records, at.seeds, numbers) if numbers else 0
    print(f"Removed here: {gone}. The file was rebuilt; nothing of a removed record is left in it.")
    if number is not None and not gone:
        print("No record lay here under this number. It is noted as removed, so that none will.")
    print("Its station removes it with the next file of `kiosk export --sealed` that it imports from here, or at its")
    print("next sync. Other copies, such as sticks and backups, stay where they are.")
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
