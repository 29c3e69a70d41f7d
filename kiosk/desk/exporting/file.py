"""The external list written to a file from the desk's own pages, with an account that marks nobody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from kiosk.desk.exporting.k_anonymity import coarsened, lonely
from kiosk.desk.exporting.selection import choose
from kiosk.desk.exporting.writing import as_csv
from kiosk.desk.records.rows import Standing
from kiosk.priority.profile import Profile
from kiosk.vault.private_file import write_private

ENOUGH = 2
"""Rows that have to be alike, itself counted, as `kiosk export` has it."""


def export(
    path: Path, standing: Standing, profile: Profile, secret: bytes, coarser: bool, statuses: Mapping[int, str]
) -> str:
    """Write the list (CSV, 0600); returns what to say. Raises AlreadyThere or KioskError.

    Reasons for leaving a record out are counted together: taken apart, they tell on the screen how many chose what.
    """
    month = date.today().strftime("%Y-%m")
    chosen = choose(standing, profile, secret, month, statuses=statuses)
    if coarser:
        chosen, _ = coarsened(chosen, ENOUGH, month)
    write_private(path, as_csv(chosen.rows), replace=False)
    said = (
        f"{path.parent.name}/{path.name} holds {len(chosen.rows):,} rows. Left out: {sum(chosen.left_out.values()):,}."
    )
    alone = len(lonely(chosen.rows, ENOUGH))
    return said + (f" {alone:,} rows stand out: no other is like them. Coarser bands would hide them." if alone else "")
