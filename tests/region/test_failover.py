"""A region whose primary dies: a synchronous standby takes its place, and stations find it by themselves."""

from __future__ import annotations

import itertools
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from kiosk.seal.record import seal
from kiosk.vault.faults import StoreFault
from kiosk.vault.postgres.address import Address
from kiosk.vault.postgres.connecting import connect
from kiosk.vault.postgres.store import RegionStore
from kiosk.vault.postgres.sync import sync
from kiosk.vault.store import mac_of
from tests.made_up import Made, a_summary, made_at
from tests.pace import patience, tries
from tests.postgres import Database, Server, standby_of
from tests.region.kiosks import belonging_of

pytestmark = pytest.mark.tool("postgres")

STATIONS = 50
BEFORE, AFTER = 60, 60
"""Records kept before the primary dies, at least, and after another took its place."""


@pytest.fixture
def primary() -> Iterator[Server]:
    """A server of this test's own: it will be killed."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    server = Server(folder)
    server.start(fsync="on", max_wal_senders="4")
    try:
        yield server
    finally:
        with suppress(OSError):
            server.kill()
        shutil.rmtree(folder, ignore_errors=True)


class Stations:
    """Stations that keep one record after another, and remember what they were told."""

    def __init__(self, made: Made, address: Address) -> None:
        self.made, self.address = made, address
        self.kept: list[int] = []
        self.refused = 0
        self._stop = threading.Event()
        self._numbers = itertools.cycle(self._some_numbers())
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._keep_on) for _ in range(STATIONS)]

    def _some_numbers(self) -> list[int]:
        found: set[int] = set()
        while len(found) < 600:
            found.add(self.made.number())
        return sorted(found)

    def _keep_on(self) -> None:
        made, key = self.made, self.made.key
        store = RegionStore(lambda: connect(self.address, made.place.home), key.number_key)
        while not self._stop.is_set():
            with self._lock:
                number = next(self._numbers)
            sealed = seal(a_summary(number), number, key.recipients)
            try:
                store.append(number, sealed, mac_of(key.station_secret, number, sealed))
            except StoreFault:
                self.refused += 1
                self._stop.wait(0.1)
            else:
                self.kept.append(number)

    def __enter__(self) -> Stations:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(patience(30))

    def until(self, count: int) -> None:
        """Wait until so many records were said to be kept."""
        for _ in tries("records that are kept"):
            if len(self.kept) >= count:
                return
            time.sleep(0.05)


def test_the_primary_dies_and_the_standby_takes_its_place(primary: Server, tmp_path: Path) -> None:
    """P5, P8: fifty stations keep and one syncs when the primary is killed; its standby is promoted. Nothing of which
    anybody was told that it is kept is lost, no number is given twice, and all go on by the same URL.
    """
    region, made = Database(primary), made_at(tmp_path / "front")
    syncing = made_at(tmp_path / "syncing")
    syncing.key = made.key
    copied = {syncing.keep(key=made.key) for _ in range(40)}
    with standby_of(primary) as standby:
        url = (
            f"postgresql://{region.station}@127.0.0.1,127.0.0.1/{region.name}"
            f"?port={primary.port},{standby.port}&passfile={tmp_path / 'pgpass'}"
        )
        (tmp_path / "pgpass").write_text(f"*:*:*:*:{region.password}\n")
        (tmp_path / "pgpass").chmod(0o600)
        address = Address.parse(url)
        with Stations(made, address) as stations:
            stations.until(BEFORE)
            sync_ends = threading.Thread(target=_sync, args=(syncing, address))
            sync_ends.start()
            primary.kill()
            before = len(stations.kept)
            standby.promote()
            stations.until(before + AFTER)
            sync_ends.join(patience(30))
        assert stations.refused > 0
        outcome = sync(syncing.place, belonging_of(syncing), address)
        assert outcome.here == len(copied) and not outcome.clashes
        region.server = standby
        there = [row[0] for row in region.rows()]
        assert len(there) == len(set(there))
        assert set(stations.kept) | copied <= set(there)
        assert len(stations.kept) == len(set(stations.kept)) >= before + AFTER


def _sync(made: Made, address: Address) -> None:
    """One that may be cut off."""
    with suppress(StoreFault):
        sync(made.place, belonging_of(made), address)
