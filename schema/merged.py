"""The merged list and its two keys: what a case conference sees, and who may look up which number (MO-08, MO-12)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple


class MergedRow(NamedTuple):
    """One household on the merged list; the fields are the columns, in their order.

    Nothing tells which list a row came from (P10): every row has a meeting number, and a cell from `sheltered` on that
    no row of HMIS has is left empty (`kiosk.desk.merging.looks`).
    """

    rank: str
    """1 for the greatest need."""
    meeting_number: str
    """Drawn for this list alone, with a check digit; never eight digits long, as a visitor's own number is."""
    score: str
    """The band of points under the scoring profile, as its lowest and its highest: ranks go by no finer measure."""
    bands: str
    """Why it stands here: each of the profile's ranking keys with its band, in their order."""
    chronic_status: str
    """The band of the key `chronic`."""
    months_band: str
    """The band of the key `months`."""
    sheltered: str
    """`y`, `n` or nothing."""
    disabling_condition: str
    """HUD 3.08: 1, 0 or nothing."""
    times_band: str
    """HUD 3.917.4: 1 to 4 or nothing."""
    veteran: str
    """HUD 3.07: 1, 0 or nothing."""
    youth_household: str
    """1, 0 or nothing."""
    with_children: str
    """1, or nothing for no children and for not known."""
    household_size_band: str
    """2 to 5 (five or more), or nothing for one person and for not known."""
    profile_fingerprint: str
    """The scoring profile, 16 hex letters (MO-05)."""


class HmisKeyRow(NamedTuple):
    """The HMIS lead's key: whose row a meeting number is."""

    meeting_number: str
    personal_id: str


class ExternalKeyRow(NamedTuple):
    """The providers' key: which of their visitors' numbers a meeting number stands for."""

    meeting_number: str
    list_number: str
    contact_agency_code: str
    merged_list: str
    """Of which list it is (`list_id`)."""


def list_id(rows: Iterable[Sequence[str]]) -> str:
    """16 hex letters that name a merged list by all its cells."""
    digest = hashlib.sha256(b"kiosk merged list")
    for cells in rows:
        digest.update("\x1f".join(cells).encode() + b"\n")
    return digest.hexdigest()[:16]


COLUMNS: Final = MergedRow._fields
