"""`kiosk paper`: the paper ledger (MO-11), what became of each sheet, and a look at the printer."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from kiosk.errors import ExitCode, Refused, UsageProblem
from kiosk.parser import sentence
from schema.sheet import SHEET_LENGTH, SheetState, is_sheet

if TYPE_CHECKING:
    from kiosk.vault.ledgers import Ledgers

WORDS: Final = {
    SheetState.OPEN: "open",
    SheetState.GIVEN: "given",
    SheetState.HANDED: "handed to the provider",
    SheetState.SHREDDED: "shredded",
}
"""What became of a sheet, in words."""

ENDS: Final = {"given": SheetState.GIVEN, "handed": SheetState.HANDED, "shredded": SheetState.SHREDDED}
"""Option to the end it says of a sheet; its first letter answers a question on the terminal."""


class NoSheetId(Refused):
    """Something that cannot be a sheet's id was given."""

    hint = f"An id is the {SHEET_LENGTH} digits and capital letters at the foot of the sheet."


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    text = "the paper ledger: which sheets are open, and what became of them"
    parser = commands.add_parser("paper", help=text, description=f"{sentence(text)}.")
    for name, state in ENDS.items():
        parser.add_argument(
            f"--{name}", metavar="ID", action="append", default=[], help=f"this sheet was {WORDS[state]}"
        )
    parser.add_argument("--forget", action="store_true", help="turn every sheet whose end is known into a count")
    parser.add_argument("--check", action="store_true", help="look at the printer; prints nothing")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(parsed: argparse.Namespace) -> int:
    """Reconcile what the options say, or ask about each open sheet on a terminal; then say how the ledger stands."""
    from kiosk.paths import check_modes, place

    here = place()
    check_modes(here)
    if parsed.check:
        from kiosk.commands.printer import look

        return look(here)
    from kiosk.vault.ledgers import Ledgers
    from kiosk.vault.rebuild import rebuild

    ledgers = Ledgers(here.ledgers)
    ends = _ends(parsed)
    if not (ends or parsed.forget or parsed.json) and sys.stdin.isatty() and sys.stdout.isatty():
        ends = _asked(ledgers)
    if ends:
        ledgers.reconcile(ends)
    if parsed.forget:
        ledgers.forget()
    if ends or parsed.forget:
        rebuild(here.ledgers)
    print(_as_json(ledgers) if parsed.json else "\n".join(as_lines(ledgers)))
    return ExitCode.DONE


def _ends(parsed: argparse.Namespace) -> dict[str, SheetState]:
    """What the options say of which sheet. Raises NoSheetId or UsageProblem."""
    ends: dict[str, SheetState] = {}
    for name, state in ENDS.items():
        for untrusted in getattr(parsed, name):
            sheet = untrusted.strip().upper()
            if not is_sheet(sheet):
                raise NoSheetId(f"What follows `--{name}` is no sheet's id.")
            if ends.setdefault(sheet, state) is not state:
                raise UsageProblem(f"Sheet {sheet} cannot have come to two ends.")
    return ends


def _asked(ledgers: Ledgers) -> dict[str, SheetState]:
    """What a person at the terminal says of each open sheet; Enter leaves one open."""
    answers = {name[0]: state for name, state in ENDS.items()}
    ends: dict[str, SheetState] = {}
    for sheet in _open(ledgers):
        while True:
            said = input(f"Sheet {sheet}: (g)iven, (h)anded to the provider, (s)hredded, Enter leaves it open: ")
            letter = said.strip().lower()[:1]
            if not letter or letter in answers:
                break
        if letter:
            ends[sheet] = answers[letter]
    return ends


def _open(ledgers: Ledgers) -> list[str]:
    return [sheet for sheet, state in ledgers.sheets().items() if state is SheetState.OPEN]


def as_lines(ledgers: Ledgers) -> Iterator[str]:
    """The ledger for a person: sheets and what became of them, and how many staff entered."""
    yield from _sheets_as_lines(ledgers)
    if entered := ledgers.entered():
        yield f"Entered in the general list by staff, from a page here: {entered}"


def _sheets_as_lines(ledgers: Ledgers) -> Iterator[str]:
    sheets, counts = ledgers.sheets(), ledgers.counts()
    if not sheets and not counts:
        yield "Nothing was printed."
        return
    still_open = _open(ledgers)
    yield f"Open sheets: {len(still_open)}"
    yield from (f"  {sheet}" for sheet in still_open)
    for state in ENDS.values():
        known = [sheet for sheet, now in sheets.items() if now is state]
        forgotten = f", and {counts[state]} before" if state in counts else ""
        yield f"{WORDS[state].capitalize()}: {len(known)}{forgotten}"
        yield from (f"  {sheet}" for sheet in known)


def _as_json(ledgers: Ledgers) -> str:
    import json

    names = {SheetState.OPEN: "open"} | {state: name for name, state in ENDS.items()}
    sheets, counts = ledgers.sheets(), ledgers.counts()
    return json.dumps(
        {
            "sheets": [{"sheet": sheet, "state": names[state]} for sheet, state in sheets.items()],
            "entered": ledgers.entered(),
            "forgotten": {name: counts.get(state, 0) for name, state in ENDS.items()},
        },
        indent=1,
    )
