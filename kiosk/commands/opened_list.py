"""The list at this desk, opened: what every command begins with that reads or removes records."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.passphrase import unlocked

if TYPE_CHECKING:
    from kiosk.desk.keys.seeds import Seeds
    from kiosk.desk.records.live_list import LiveList
    from kiosk.desk.region import Region
    from kiosk.paths import Place
    from kiosk.vault.stores import Records


@dataclass(frozen=True, slots=True)
class OpenedList:
    """Where the records lie, what opens them, and what stands on the list."""

    place: Place
    seeds: Seeds
    records: Records
    region: Region
    live_list: LiveList


def opened_list(passphrase_file: Path | None) -> OpenedList:
    """Check folder and database, take the passphrase, open every record. Raises KioskError."""
    from kiosk.paths import check_modes, place
    from kiosk.vault import health

    here = place()
    check_modes(here)
    health.check(here.summaries)
    seeds = unlocked(here, passphrase_file)
    from kiosk.desk.records.listing import open_list, records_at

    records, region = records_at(here, seeds)
    return OpenedList(here, seeds, records, region, open_list(records, region, seeds))
