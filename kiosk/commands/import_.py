"""`kiosk import`: takes sealed records from a stick, all of them or none."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.passphrase import add_option
from kiosk.errors import ExitCode
from kiosk.parser import sentence

if TYPE_CHECKING:
    from kiosk.vault.carrying import Taken


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    text = "take sealed records from a file that `kiosk export --sealed` wrote"
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
    from kiosk.vault.alone import one_at_a_time
    from kiosk.vault.carrying import bring_in

    with one_at_a_time(here):
        taken = bring_in(parsed.file, here.summaries, belonging(here, parsed.passphrase_file))
    print("\n".join(as_lines(taken)))
    return ExitCode.REFUSED if taken.clashing or taken.strange or taken.squatting else ExitCode.DONE


def as_lines(taken: Taken) -> Iterator[str]:
    """The account of an import: every record of the stick is in one of its lines."""
    from kiosk.commands.removals import removals_refused
    from kiosk.vault.numbers import show

    yield f"Taken: {taken.new}. Here already: {taken.known}. Removed here before, and not taken: {taken.retired}."
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
    if taken.asked:
        yield from removals_refused("stick", taken.asked, taken.meant)
