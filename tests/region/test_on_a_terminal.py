"""A visitor at a station that writes to its region: what she sees, with the server there and away."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import station
from tests.faults.visitor import KEPT, Visitor
from tests.postgres import Database

pytestmark = pytest.mark.tool("postgres")


@pytest.fixture
def short(tmp_path: Path, kiosk_home: Path, region: Database) -> Path:
    """A station whose visit is short, set up to keep records in the region."""
    home = station.copy(station.set_up(tmp_path), kiosk_home)
    station.shorten(home)
    settings = home / "station.toml"
    settings.write_text(settings.read_text() + f'database = "{region.url()}"\n')
    return home


def test_a_visitor_is_told_and_can_try_again(short: Path, region: Database) -> None:
    """P8: with the server away the page says that nothing was stored; once it is back, F10 keeps under her number."""
    with Visitor(short) as visitor:
        number = visitor.go_to_review()
        region.server.stop("immediate")
        try:
            visitor.press("f10")
            visitor.wait_for(station.said("failed-busy")[:40])
            assert KEPT not in visitor.screen_text()
        finally:
            region.server.start()
        assert visitor.keep() == number
        assert [row[0] for row in region.rows()] == [number]
        visitor.leave()
        assert visitor.quit() == 0
    assert str(number) not in region.server.log.read_text(errors="replace")
