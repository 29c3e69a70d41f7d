"""`kiosk export`: writes the external list, numbers and bands only, for the region's list (MO-08)."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.opened_list import opened_list
from kiosk.commands.passphrase import add_option
from kiosk.errors import ExitCode, UsageProblem
from kiosk.parser import sentence

if TYPE_CHECKING:
    from kiosk.desk.exporting.selection import Chosen


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    text = "write the external list: numbers and bands, of those whose release runs"
    parser = commands.add_parser("export", help=text, description=f"{sentence(text)} (CSV, 0600).")
    parser.add_argument("file", metavar="FILE", type=Path, help="where to write it; nothing may be there yet")
    parser.add_argument("--coarsen", action="store_true", help="make bands coarser until no row stands out")
    parser.add_argument(
        "--k", metavar="ROWS", type=int, default=2, help="how many rows have to be alike; 2 unless told otherwise"
    )
    parser.add_argument(
        "--older", action="store_true", help="instead, the records of the older questions alone: they go apart"
    )
    parser.add_argument(
        "--sealed", action="store_true", help="instead, every sealed record as it lies here, for `kiosk import`"
    )
    add_option(parser)


def run(parsed: argparse.Namespace) -> int:
    """Write the list, and account for every record."""
    if parsed.sealed:
        from kiosk.commands.stick import export_sealed

        return export_sealed(parsed.file, parsed.passphrase_file)
    if parsed.k < 2:
        raise UsageProblem("A row is always alike to itself: --k has to be 2 or more.")
    at = opened_list(parsed.passphrase_file)
    from kiosk.desk.exporting.k_anonymity import coarsened, lonely
    from kiosk.desk.exporting.selection import choose
    from kiosk.desk.exporting.writing import as_csv
    from kiosk.desk.records.offers import Offers
    from kiosk.desk.records.removal_ledger import RemovalLedger
    from kiosk.vault.private_file import write_private

    RemovalLedger.read(at.place, at.seeds, at.region).must_be_whole()
    now = date.today().strftime("%Y-%m")
    statuses = Offers.read(at.place, at.seeds).statuses(date.today())
    chosen = choose(
        at.live_list.standing(),
        at.live_list.profile,
        at.region.number_key,
        now,
        older=parsed.older,
        statuses=statuses,
    )
    changed = 0
    if parsed.coarsen:
        chosen, changed = coarsened(chosen, parsed.k, now)
    write_private(parsed.file, as_csv(chosen.rows), replace=False)
    print("\n".join(_account(parsed.file, chosen, changed)))
    _warn(lonely(chosen.rows, parsed.k), parsed.k)
    return ExitCode.DONE


def _account(file: Path, chosen: Chosen, changed: int) -> Iterator[str]:
    """Every record is in one of these lines."""
    yield f"{file} holds {len(chosen.rows)} rows" + (f", {changed} of them with coarser bands." if changed else ".")
    for reason, records in chosen.left_out.items():
        yield f"Left out, {reason.value}: {records}."


def _warn(numbers: list[int], enough: int) -> None:
    """Name the rows that stand out, to the provider alone: the file does not mark them."""
    from kiosk.vault.numbers import show

    if numbers:
        print(f"Rows that stand out: fewer than {enough} are alike, itself counted ({len(numbers)}):", file=sys.stderr)
        print("\n".join(f"  {show(number)}" for number in numbers), file=sys.stderr)
        print("Somebody who knows the person could find the row. `--coarsen` gives it coarser bands.", file=sys.stderr)
