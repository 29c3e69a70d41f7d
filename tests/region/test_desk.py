"""The full-screen desk of a region: from inside its jail it reaches the region's server, and no other port."""

from __future__ import annotations

import pytest

from kiosk.desk.keys.derivation import wrap
from kiosk.desk.keys.storage import FileStore
from kiosk.vault.numbers import show
from tests.made_up import CHEAP, SEED, Made
from tests.postgres import Database
from tests.region.kiosks import point_at, sealed_for, store_of
from tests.region.test_clerk import passfile
from tests.terminal.console import Console

pytestmark = pytest.mark.tool("postgres")

WORDS = "granite wagon for a test"


def test_the_desk_lists_the_region(made: Made, region: Database) -> None:
    """By TCP, with the data folder's passfile: what lies in the region is opened and ranked beside what lies here."""
    there, here = made.number(), made.keep()
    store_of(made, region.url()).append(there, *sealed_for(made, there))
    point_at(made, region.server.tcp_url(region.name, region.provider))
    passfile(made, region, region.password)
    FileStore(made.place.provider_key).put(wrap(SEED, WORDS, CHEAP))
    desk = Console(made.place.home, "desk")
    try:
        desk.wait_for("Ctrl+Q End")
        desk.type(WORDS + "\r")
        desk.wait_for("2 on the list.")
        desk.wait_for(show(there))
        desk.wait_for(show(here))
    finally:
        desk.close()
