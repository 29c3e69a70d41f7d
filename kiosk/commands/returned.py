"""`kiosk returned`: takes a meeting's return file at the desk, says how offers stand, enters what became of them."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.opened_list import OpenedList, opened_list
from kiosk.commands.passphrase import add_option
from kiosk.errors import ExitCode, Refused, UsageProblem
from kiosk.parser import sentence

if TYPE_CHECKING:
    from kiosk.desk.records.offers import Offers


class NotOnTheList(Refused):
    """A number under which nothing stands here."""

    hint = "`kiosk list` has the numbers of this desk."


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    text = "take the return file of a meeting, and say what became of its offers"
    parser = commands.add_parser(
        "returned",
        help=text,
        description=f"{sentence(text)}. Without a file: how offers stand. Outcomes go with the next external list.",
    )
    add = parser.add_argument
    add("file", metavar="FILE", type=Path, nargs="?", help="this agency's return file")
    add("--check", metavar="CHECK", default="", help="what the list holder read out of its key; needed once")
    add("--outcome", metavar=("NUMBER", "OUTCOME"), nargs=2, help="what became of an offer, by a code")
    add_option(parser)


def run(parsed: argparse.Namespace) -> int:
    """Take the file, or enter an outcome; then say how offers stand."""
    from kiosk.desk.records.offers import Offers
    from kiosk.vault.locks import one_at_a_time

    if parsed.file and parsed.outcome:
        raise UsageProblem("One thing at a time: a file, or an outcome.")
    at = opened_list(parsed.passphrase_file)
    today = date.today()
    with one_at_a_time(at.place):
        offers = Offers.read(at.place, at.seeds)
        if parsed.file:
            print(_take(parsed, at, offers))
        elif parsed.outcome:
            offers.outcome(_number(parsed.outcome[0], at), parsed.outcome[1], today)
        if parsed.file or parsed.outcome:
            offers.write(at.place, at.seeds.current)
    print("\n".join(lines(offers, today)))
    return ExitCode.DONE


def lines(offers: Offers, today: date) -> Iterator[str]:
    """How every offer stands, the overdue ones first."""
    from kiosk.vault.numbers import show

    overdue = offers.overdue(today)
    yield f"{len(offers.offers)} in the last meetings, {len(overdue)} OVERDUE, {len(offers.outcomes)} outcomes to send."
    for number in [*overdue, *(each for each in sorted(offers.offers) if each not in overdue)]:
        offer = offers.offers[number]
        until = f", to answer by {offer.answer_by}" if offer.answer_by else ""
        said = f"; here: {offers.outcomes[number].status}" if number in offers.outcomes else ""
        yield f"{show(number)}  {offer.state}{until}{' OVERDUE' if number in overdue else ''}{said}"


def _take(parsed: argparse.Namespace, at: OpenedList, offers: Offers) -> str:
    from kiosk import config
    from kiosk.desk.records.removal_ledger import RemovalLedger
    from kiosk.desk.records.returned import take

    facts = at.live_list.facts.values()
    agencies = {each.agency for each in facts}
    if at.place.station_toml.exists():
        agencies.add(config.read(at.place.station_toml).agency)
    ledger = RemovalLedger.read(at.place, at.seeds, at.region)
    taken = take(
        parsed.file,
        at.seeds,
        offers,
        agencies=agencies,
        standing=at.live_list.facts.keys(),
        removed=ledger.numbers.keys(),
        check=parsed.check,
    )
    gone = f" {taken.removed} about numbers that were removed since: not kept." if taken.removed else ""
    return f"Taken: what the list of {taken.content.area or 'the area'} says of {taken.offers}.{gone}"


def _number(untrusted: str, at: OpenedList) -> int:
    from kiosk.vault.numbers import parse

    number = parse(untrusted)
    if number is None or number not in at.live_list.facts:
        raise NotOnTheList("That number does not stand on this desk's list.")
    return number
