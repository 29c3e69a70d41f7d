"""Sealing every record again, to other keys: all of them in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, select, update

from kiosk.desk.keys.seeds import Seeds
from kiosk.desk.records.unsealing import NotOpened, Opener
from kiosk.desk.records.vouching import vouched
from kiosk.desk.region import Region
from kiosk.seal.record import Recipient, seal
from kiosk.seal.sealed import NotSealed, key_ids, outside
from kiosk.vault.store import SUMMARIES, StoredRow, mac_of

if TYPE_CHECKING:
    from kiosk.vault.postgres.store import RegionStore
    from kiosk.vault.store import Store

_PUT: Final = (
    update(SUMMARIES)
    .where(SUMMARIES.c.number == bindparam("wanted"), SUMMARIES.c.mac == bindparam("before"))
    .values(sealed=bindparam("again"), mac=bindparam("vouched"))
)
Progress = Callable[[int, int], None]
"""Hears how many records of how many were looked at."""


@dataclass(slots=True)
class Resealed:
    """What became of the records."""

    again: int = 0
    """Sealed to the new keys now."""
    before: int = 0
    """Sealed to exactly these keys already."""
    unvouched: int = 0
    """Left as they are: no station of the region vouches for them."""
    closed: int = 0
    """Left as they are: they open with neither key."""

    def __add__(self, other: Resealed) -> Resealed:
        return Resealed(
            self.again + other.again,
            self.before + other.before,
            self.unvouched + other.unvouched,
            self.closed + other.closed,
        )


def reseal(
    store: Store | RegionStore, region: Region, both: Seeds, recipients: Sequence[Recipient], tell: Progress
) -> Resealed:
    """Seal every record of `store` to `recipients`, with its own station's MAC. All of it, or nothing.

    A record that no station vouches for stays as it is: a new MAC would make it credible. Raises StoreFault.
    """
    opener, result = Opener(both), Resealed()
    wanted = {each.key_id for each in recipients}
    with store.changing() as connection:
        rows = [StoredRow(*row) for row in connection.execute(select(SUMMARIES))]
        for done, row in enumerate(rows, 1):
            if made := _again(row, region, opener, recipients, wanted, result):
                connection.execute(_PUT, made)
            if done % 100 == 0 or done == len(rows):
                tell(done, len(rows))
    return result


def _again(
    row: StoredRow,
    region: Region,
    opener: Opener,
    recipients: Sequence[Recipient],
    wanted: set[bytes],
    result: Resealed,
) -> dict[str, Any] | None:
    station = region.station_of(row.number)
    if station is None or vouched(row, region) is not None:
        result.unvouched += 1
        return None
    if _sealed_to(row.untrusted_sealed, wanted, {each.suite for each in recipients}):
        result.before += 1
        return None
    try:
        item = opener.open(row.number, row.untrusted_sealed)
    except NotOpened:
        result.closed += 1
        return None
    result.again += 1
    sealed = seal(item, row.number, recipients)
    return {
        "wanted": row.number,
        "before": row.untrusted_mac,
        "again": sealed,
        "vouched": mac_of(station.secret, row.number, sealed),
    }


def _sealed_to(untrusted_sealed: bytes, wanted: set[bytes], suites: set[int]) -> bool:
    """Whether the head names all of these keys already."""
    try:
        suite, _ = outside(untrusted_sealed)
    except NotSealed:
        return False
    return suite in suites and wanted <= set(key_ids(untrusted_sealed, suite))
