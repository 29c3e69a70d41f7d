"""Checks of the ledgers: trainings of the staff, and paper that nobody has accounted for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kiosk.doctor.finding import Finding, Host, broken, good, note, weak
from kiosk.errors import KioskError

if TYPE_CHECKING:
    from kiosk.vault.ledgers import Ledgers


def the_staff_are_trained(host: Host) -> Finding:
    """Every yearly training is younger than twelve months (MO-06, MO-07)."""
    from schema.training import Standing, needs

    try:
        standing = needs(_ledgers(host).trainings() if host.place.ledgers.exists() else (), date.today())
    except KioskError as error:
        return broken(str(error), error.hint)
    overdue = sum(each.standing in (Standing.OVERDUE, Standing.NEVER) for each in standing)
    soon = sum(each.standing is Standing.DUE_SOON for each in standing)
    if not standing:
        return note("No training of the staff is in the ledger.", "Enter each: `kiosk training add`.")
    if overdue:
        return weak(f"Trainings overdue or missing: {overdue}.", "See whose: `kiosk training`.")
    if soon:
        return note(f"Trainings due within a month: {soon}.", "See whose: `kiosk training`.")
    return good("Every training of the staff is current.")


def no_paper_is_unaccounted_for(host: Host) -> Finding:
    """At the shift's end each sheet was given, handed to the provider or shredded (MO-11)."""
    from schema.sheet import SheetState

    if not host.place.ledgers.exists():
        return good("Nothing was printed here.")
    try:
        sheets = _ledgers(host).sheets()
    except KioskError as error:
        return broken(str(error), error.hint)
    left = sum(state is SheetState.OPEN for state in sheets.values())
    if left:
        return weak(f"Sheets that nobody accounted for: {left}.", "Say what became of each: `kiosk paper`.")
    return good("Every printed sheet is accounted for.")


def _ledgers(host: Host) -> Ledgers:
    from kiosk.vault.ledgers import Ledgers

    return Ledgers(host.place.ledgers)
