"""`kiosk list`: opens the sealed summaries and prints them ranked, numbers only."""

from __future__ import annotations

import argparse
import sys
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kiosk.commands.opened_list import opened_list
from kiosk.commands.passphrase import add_option
from kiosk.errors import ExitCode
from kiosk.parser import sentence

if TYPE_CHECKING:
    from kiosk.desk.records.listing import Listing

WIDTH = 80
"""Columns of the printed list."""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    text = "open the kept summaries and print them, ranked, numbers only"
    parser = commands.add_parser("list", help=text, description=f"{sentence(text)}.")
    parser.add_argument("--json", action="store_true", help="print JSON")
    add_option(parser)


def run(parsed: argparse.Namespace) -> int:
    """Print the list."""
    at = opened_list(parsed.passphrase_file)
    from kiosk.desk.records.listing import listing_of
    from kiosk.desk.records.removal_ledger import RemovalLedger

    listing = listing_of(at.live_list)
    if at.live_list.taken_back and at.region.deals:
        from kiosk.desk.records.removing import remove

        remove(at.records, at.seeds, at.live_list.taken_back)
    waiting = RemovalLedger.read(at.place, at.seeds, at.region).waiting
    if waiting:
        print(f"This desk was restored, and waits for these stations: {', '.join(sorted(waiting))}.", file=sys.stderr)
    if parsed.json:
        print(as_json(listing))
    else:
        print("\n".join(as_lines(listing)))
    return ExitCode.DONE


ASKED_BEFORE = "asked the older questions: judged anew, two answers are not known"
"""Said of a record of an older scoring profile."""


def as_json(listing: Listing) -> str:
    """The list as one JSON object: `rows` in rank order, `apart` with the reason in words."""
    import json

    return json.dumps(
        {
            "profile": listing.profile.name,
            "rows": [
                {"rank": row.rank, "number": row.number, "score": row.score, "why": list(row.why), "older": row.older}
                for row in listing.rows
            ],
            "apart": [{"number": each.number, "why": each.why.value} for each in listing.apart],
            "withdrawn": listing.withdrawn,
        },
        ensure_ascii=False,
        indent=1,
    )


def as_lines(listing: Listing) -> Iterator[str]:
    """The list for a person: rank, number and score, then the reasons in words."""
    from kiosk.vault.numbers import show

    if not listing.rows:
        yield "No summary is on the list."
    for row in listing.rows:
        yield f"{row.rank:>4}.  {show(row.number)}   score {row.score}"
        if row.older:
            yield f"       {ASKED_BEFORE}"
        for reason in row.why:
            yield from textwrap.wrap(reason, WIDTH, initial_indent=" " * 7, subsequent_indent=" " * 9)
    if listing.apart:
        yield ""
        yield f"Set apart, and not ranked ({len(listing.apart)}):"
        for each in listing.apart:
            yield from textwrap.wrap(f"{show(each.number)}   {each.why.value}", WIDTH, initial_indent=" " * 7)
    if listing.withdrawn:
        yield ""
        yield f"Taken back by their visitors, and removed here now: {listing.withdrawn}"
