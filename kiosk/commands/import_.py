"""`kiosk import`: takes sealed records from a stick, all of them or none; an edition of news the same way."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.passphrase import add_option
from kiosk.commands.removals import agreed, refused
from kiosk.errors import ExitCode
from kiosk.parser import sentence

if TYPE_CHECKING:
    from kiosk.paths import Place
    from kiosk.vault.transfer import Taken


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    text = "take what `kiosk export --sealed` or `kiosk news` wrote to a stick"
    parser = commands.add_parser(
        "import",
        help=text,
        description=f"{sentence(text)}. The file is checked whole first; twice is as good as once. "
        "A desk without a kiosk of its own asks for the passphrase.",
    )
    parser.add_argument("file", metavar="FILE", type=Path, help="the file on the stick")
    add_option(parser)


def run(parsed: argparse.Namespace) -> int:
    """Take the records in, and say what became of them."""
    from kiosk.commands.belonging import belonging
    from kiosk.paths import check_modes, place
    from kiosk.vault import health

    here = place()
    check_modes(here)
    health.check(here.summaries)
    from kiosk.commands.editions import edition_in, take_edition

    edition = edition_in(parsed.file)
    if edition is not None:
        print(take_edition(here, edition))
        return ExitCode.DONE
    from kiosk.vault.locks import one_at_a_time
    from kiosk.vault.transfer import bring_in

    ours = belonging(here, parsed.passphrase_file)
    with one_at_a_time(here):
        taken = bring_in(parsed.file, here.summaries, ours, agreed)
    print("\n".join([*as_lines(taken), *at_the_desk(here, parsed, taken)]))
    return (
        ExitCode.REFUSED
        if taken.clashing or taken.strange or taken.squatting or refused(taken.removal)
        else ExitCode.DONE
    )


def as_lines(taken: Taken) -> Iterator[str]:
    """The account of an import: every record of the stick is in one of its lines."""
    from kiosk.commands.removals import heard, marks_passed_over
    from kiosk.vault.numbers import show

    yield f"Taken: {taken.new}. Here already: {taken.known}."
    if taken.others:
        yield f"Records of other stations, which stay with the provider and are not taken: {taken.others}."
    if taken.renewed:
        yield f"Put in the place of older copies, sealed again by the desk to its new key: {taken.renewed}."
    if taken.clashing:
        yield f"Another record lies here under the same number; ours stays ({len(taken.clashing)}):"
        yield from (f"  {show(number)}" for number in taken.clashing)
    if taken.strange:
        yield f"Sealed to other keys than this region's, and not taken ({len(taken.strange)}):"
        yield from (f"  {show(number)}" for number in taken.strange)
    if taken.squatting:
        yield f"Under numbers of this station, which made no such record, and not taken ({len(taken.squatting)}):"
        yield from (f"  {show(number)}" for number in taken.squatting)
    if taken.marks:
        yield from marks_passed_over(taken.marks)
    yield from heard(taken.removal)


def at_the_desk(here: Place, parsed: argparse.Namespace, taken: Taken) -> Iterator[str]:
    """What only the desk can do with a stick: note what a station says, or what another provider's list removed."""
    if not here.desk_toml.exists() or (taken.said is None and not taken.removal.numbers):
        return
    if parsed.passphrase_file is None and not sys.stdin.isatty():
        yield "What the station says of its removals was not noted: run it again with --passphrase-file."
        return
    from kiosk.commands.passphrase import unlocked
    from kiosk.desk.records import removing
    from kiosk.desk.records.listing import records_at

    seeds = unlocked(here, parsed.passphrase_file)
    records, region = records_at(here, seeds)
    if not region.deals:
        removing.obeyed_elsewhere(here, seeds, taken.removal.numbers)
    elif taken.said is not None:
        label = removing.hear_stick(records, seeds, taken.said, parsed.file)
        yield (
            f"All records of the station {label} are in this file, as it says itself."
            if label
            else ("What the file says of a station is no station's of this region, and was not noted.")
        )
