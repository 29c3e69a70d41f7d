"""Where a kiosk's records lie: in its own file, and in its region's database where it has one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from kiosk.paths import Place
from kiosk.vault.appending import Appender
from kiosk.vault.postgres.address import Address

if TYPE_CHECKING:
    from kiosk.vault.postgres.appending import RegionAppender
    from kiosk.vault.postgres.store import RegionStore
    from kiosk.vault.store import Store, StoredRow

NOWHERE: Final[Mapping[str, str]] = MappingProxyType({})
"""Where the server of a region was found that needs no finding."""


@dataclass(frozen=True, slots=True)
class Records:
    """The sealed records of one kiosk, wherever they lie. Methods raise StoreFault or NoDriver."""

    place: Place
    number_key: bytes = field(repr=False)
    """The key of the region's numbers."""
    address: Address | None
    """The region that records are kept in, `None` where they are kept in the kiosk's own file."""
    found: Mapping[str, str] = field(default_factory=lambda: NOWHERE)
    """What libpq is told beside the address: where the server was found."""

    def appender(self) -> Appender | RegionAppender:
        """What this kiosk's clerk appends with."""
        if self.address is None:
            return Appender(self.place.summaries, self.number_key)
        from kiosk.vault.postgres.appending import RegionAppender
        from kiosk.vault.postgres.connecting import connect

        return RegionAppender(partial(connect, self.address, self.place.home, **self.found), self.number_key)

    def own(self) -> Store:
        """The kiosk's own file."""
        from kiosk.vault.store import Store

        return Store(self.place.summaries, self.number_key)

    def region(self) -> RegionStore | None:
        """The region's database, `None` where the kiosk keeps records in its own file alone."""
        if self.address is None:
            return None
        from kiosk.vault.postgres.connecting import connect
        from kiosk.vault.postgres.store import RegionStore

        return RegionStore(partial(connect, self.address, self.place.home, **self.found), self.number_key)

    def stores(self) -> tuple[Store | RegionStore, ...]:
        """Every store that records may lie in, the region's first."""
        region, own = self.region(), self.own()
        return (own,) if region is None else (region, own)

    def rows(self) -> list[StoredRow]:
        """Every row that the desk lists: the region's, and those of this machine's file that the region does not show.

        A mark in the region hides no row of this machine's own file.
        """
        region = self.region()
        if region is None:
            return self.own().rows()
        rows = region.rows()
        there = {row.number for row in rows}
        return sorted([*rows, *(row for row in self.own().rows() if row.number not in there)])

    def remove(self, numbers: Iterable[int]) -> int:
        """Remove records for good and rebuild the file; returns how many there were.

        What stays here is a place in a map, half of which is set at random, so that none of them is given again. Where
        records lie in a region they go from there first, which takes its provider's user; a record that lay in both
        counts once.
        """
        from kiosk.vault.rebuild import rebuild

        wanted, gone = sorted(numbers), set[int]()
        for store in self.stores():
            gone |= store.numbers().intersection(wanted)
            store.retire(wanted)
        rebuild(self.place.summaries)
        return len(gone)
