"""`kiosk training`: who of the staff was trained in what and by whom, by code (MO-06, MO-07, MO-37)."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from kiosk.errors import ExitCode, Refused
from kiosk.parser import sentence
from schema.training import CODE_LENGTHS, ITEMS, Need, Standing, Training, needs

OVERDUE: Final = (Standing.OVERDUE, Standing.NEVER)
"""Red: what is not as it has to be."""

_COLOURS: Final = {Standing.DUE_SOON: "33", Standing.OVERDUE: "31", Standing.NEVER: "31"}


class UnfitEntry(Refused):
    """Something is no entry of the training ledger; the sentence names which part."""

    hint = (
        f"Codes are {CODE_LENGTHS[0]} to {CODE_LENGTHS[1]} capital letters, digits and hyphens, the day is like "
        f"2026-11-22, and the item one of {', '.join(ITEMS)}."
    )


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    text = "yearly trainings of the staff, by code: current, due soon, overdue"
    parser = commands.add_parser("training", help=text, description=f"{sentence(text)}.")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--check", action="store_true", help="exit with 3 when a training is overdue or missing")
    deeds = parser.add_subparsers(dest="deed", metavar="add|remove", parser_class=type(parser))
    add = deeds.add_parser("add", help="enter a training")
    add.add_argument("code", metavar="CODE", help="the staff member's code; never a name")
    add.add_argument("item", metavar="ITEM", choices=list(ITEMS), help="; ".join(f"{k}: {v}" for k, v in ITEMS.items()))
    add.add_argument("day", metavar="YYYY-MM-DD", help="the day of the training")
    add.add_argument("--by", metavar="AGENCY", required=True, help="code of the agency that trained")
    remove = deeds.add_parser("remove", help="drop every entry of somebody who left")
    remove.add_argument("code", metavar="CODE", help="the staff member's code")


def run(parsed: argparse.Namespace) -> int:
    """Enter or drop what was asked, then say how every training stands. Exit 3 with `--check` where one is overdue."""
    from kiosk.paths import check_modes, place
    from kiosk.vault.ledgers import Ledgers
    from kiosk.vault.rebuild import rebuild

    here = place()
    check_modes(here)
    ledgers = Ledgers(here.ledgers)
    if parsed.deed == "add":
        ledgers.trained(_entry(parsed))
    elif parsed.deed == "remove" and not ledgers.left(parsed.code):
        raise UnfitEntry("Nobody of this code is in the training ledger.")
    if parsed.deed:
        rebuild(here.ledgers)
    standing = needs(ledgers.trainings(), date.today())
    print(as_json(standing) if parsed.json else "\n".join(as_lines(standing, colour=_colour())))
    overdue = any(need.standing in OVERDUE for need in standing)
    return ExitCode.REFUSED if parsed.check and overdue else ExitCode.DONE


def _entry(parsed: argparse.Namespace) -> Training:
    """The training that the options name. Raises UnfitEntry."""
    try:
        day = date.fromisoformat(parsed.day)
    except ValueError:
        raise UnfitEntry("The day is none.") from None
    if day > date.today():
        raise UnfitEntry("The day is still to come.")
    try:
        return Training(parsed.code, parsed.item, day, parsed.by)
    except ValueError as error:
        raise UnfitEntry(f"The {str(error).replace('_', ' ')} is none that fits.") from None


def _colour() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def as_lines(standing: Sequence[Need], *, colour: bool) -> Iterator[str]:
    """The ledger for a person: what stands how, until when, and who trained; colour only repeats the words."""
    if not standing:
        yield "Nobody is in the training ledger. `kiosk training add` enters somebody."
    for need in standing:
        told = f"{need.code:<12}  {need.item:<14}  {need.standing.value:<14}"
        if need.last and need.due:
            word = "since" if need.standing is Standing.OVERDUE else "until"
            told += f"  {word} {need.due}  trained {need.last.day} by {need.last.trained_by}"
        paint = _COLOURS.get(need.standing) if colour else None
        yield f"\x1b[{paint}m{told.rstrip()}\x1b[0m" if paint else told.rstrip()


def as_json(standing: Sequence[Need]) -> str:
    """The ledger as a JSON list."""
    import json

    return json.dumps(
        [
            {
                "code": need.code,
                "item": need.item,
                "standing": need.standing.value,
                "colour": {Standing.CURRENT: "green", Standing.DUE_SOON: "amber"}.get(need.standing, "red"),
                "trained": need.last.day.isoformat() if need.last else None,
                "trained_by": need.last.trained_by if need.last else None,
                "due": need.due.isoformat() if need.due else None,
            }
            for need in standing
        ],
        indent=1,
    )
