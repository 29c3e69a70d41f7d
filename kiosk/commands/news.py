"""`kiosk news`: what there is to tell those who left a number, and the edition that carries it to the kiosks."""

from __future__ import annotations

import argparse
import calendar
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.opened_list import OpenedList, opened_list
from kiosk.commands.passphrase import add_option
from kiosk.errors import ExitCode, Refused, UsageProblem
from kiosk.parser import sentence

if TYPE_CHECKING:
    from kiosk.desk.records.news_ledger import NewsLedger, Told

LONGEST = timedelta(days=366)
"""The furthest day to answer by."""
SAID = {1: "an offer; she calls", 2: "a question; she calls", 3: "the release ends; agency"}
"""Each code of news, in words for staff."""


class NotOnTheList(Refused):
    """Nobody stands on the list under a number."""

    hint = "Compare the number with `kiosk list`. A record that its visitor took back gets no news."


class NoRelease(Refused):
    """There is no release that could end."""

    hint = "She gave none, or it has ended; `--question` asks her to call."


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    text = "what there is to tell those who left a number; the edition that kiosks carry"
    parser = commands.add_parser(
        "news",
        help=text,
        description=f"{sentence(text)}. Without a number: say what is told now. "
        "No details of an offer go along: the agency tells them once she has said her words.",
    )
    parser.add_argument("number", metavar="NUMBER", nargs="*", help="as the visitor says it, spaces allowed")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--offer", action="store_true", help="she should call: there is an offer")
    which.add_argument("--question", action="store_true", help="she should call: the agency wants to ask something")
    which.add_argument("--release", action="store_true", help="her release ends at the end of its last month")
    which.add_argument("--none", action="store_true", help="there is nothing to tell any more")
    parser.add_argument(
        "--by", type=_day, metavar="YYYY-MM-DD", help="with --offer and --question: the last day to call"
    )
    parser.add_argument("--agency", metavar="CODE", help="whom to call, where it is not the agency of her record")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the edition; nothing may be there yet")
    add_option(parser)


def run(parsed: argparse.Namespace) -> int:
    """Note one number's news, write the edition, or say what is told."""
    from kiosk.vault.locks import one_at_a_time

    number = _checked(parsed)
    at = opened_list(parsed.passphrase_file)
    at.region.must_deal()
    from kiosk.desk.records.news_ledger import NewsLedger
    from kiosk.desk.records.telling import forget_the_gone, told_today

    with one_at_a_time(at.place):
        ledger = NewsLedger.read(at.place, at.seeds)
        gone = forget_the_gone(ledger, at.live_list)
        if number is not None:
            _note(ledger, number, parsed, at)
        if number is not None or gone:
            ledger.write(at.place, at.seeds.current)
        told = told_today(ledger, at.live_list, date.today())
        lines = [*_as_lines(ledger, told, gone), *(_written(parsed.out, told, at) if parsed.out else ())]
    print("\n".join(lines))
    return ExitCode.DONE


def _checked(parsed: argparse.Namespace) -> int | None:
    """The number, where one is named together with what it is told. Raises UsageProblem."""
    from kiosk.config import CODE
    from kiosk.vault.numbers import parse

    tells = parsed.offer or parsed.question or parsed.release or parsed.none
    if bool(parsed.number) != bool(tells):
        raise UsageProblem("A number goes with --offer, --question, --release or --none, and each of them with one.")
    if (parsed.by is not None) != bool(parsed.offer or parsed.question):
        raise UsageProblem("--by says until when to call, with --offer and --question.")
    if parsed.agency is not None and CODE.fullmatch(parsed.agency) is None:
        raise UsageProblem("An agency's code has 2 to 12 capital letters, digits and hyphens.")
    if not parsed.number:
        return None
    number = parse("".join(parsed.number))
    if number is None:
        raise UsageProblem("This is no number that a kiosk gave: eight digits, the last of which checks the others.")
    return number


def _note(ledger: NewsLedger, number: int, parsed: argparse.Namespace, at: OpenedList) -> None:
    from kiosk.desk.records.news_ledger import Told
    from kiosk.news.edition import Code

    if parsed.none:
        ledger.told.pop(number, None)
        return
    if number not in at.live_list.facts:
        raise NotOnTheList("Nobody stands on the list under this number.")
    row = at.live_list.row(number)
    if parsed.release:
        code, day = Code.RELEASE_ENDS, _last_day(row.release_expires) if row.release else None
    else:
        code, day = (Code.OFFER if parsed.offer else Code.QUESTION), parsed.by
    if day is None or day < date.today():
        raise NoRelease("There is no release under this number that could end.")
    ledger.told[number] = Told(code, parsed.agency or row.agency, day)


def _written(out: Path, told: Mapping[int, Told], at: OpenedList) -> Iterator[str]:
    """Write the edition, and put it into use where this machine has a kiosk of its own."""
    from kiosk.desk.records.telling import edition
    from kiosk.desk.region import Region
    from kiosk.news.edition import serial_of
    from kiosk.news.taking import take
    from kiosk.vault.private_file import write_private
    from kiosk.vault.station_key import StationKey

    region = Region.read(at.place.desk_toml, at.seeds)
    raw = edition(at.place, at.seeds, region, told, at.live_list)
    write_private(out, raw, replace=False)
    yield f"{out} is written. `kiosk import FILE` on each station; every kiosk of the area may have it."
    database = at.records.region()
    if database is not None:
        database.put_news(region.code, serial_of(raw), raw)
        yield "The region's database has it: each station takes it with its next `kiosk sync`."
    if at.place.station_key.exists():
        take(at.place.editions, raw, StationKey.read(at.place.station_key).news)
        yield "The kiosk on this machine has it."


def _as_lines(ledger: NewsLedger, told: Mapping[int, Told], gone: int) -> Iterator[str]:
    from kiosk.vault.numbers import show

    yield f"Told now: {len(told)}."
    for number, each in sorted(ledger.told.items()):
        past = "" if number in told else " (not told: the day is past, or the record is put aside)"
        yield f"  {show(number)}  {SAID[each.code]} {each.agency}, by {each.day.isoformat()}{past}"
    if gone:
        yield f"Dropped, because nobody stands under the number any more: {gone}."


def _last_day(month: str | None) -> date | None:
    if month is None:
        return None
    year, of_year = int(month[:4]), int(month[5:])
    return date(year, of_year, calendar.monthrange(year, of_year)[1])


def _day(text: str) -> date:
    """A day from today on, within a year. Raises ArgumentTypeError."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("a day is written YYYY-MM-DD") from None
    if not date.today() <= day <= datetime.now(UTC).date() + LONGEST:
        raise argparse.ArgumentTypeError("the day has to lie between today and a year from now")
    return day
