"""Stations for tests of faults: set up once, copied for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import station


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the passphrase and a station that was set up as an operator would."""
    folder = tmp_path_factory.mktemp("desk")
    station.shorten(station.copy(station.set_up(folder), folder / "short"))
    return folder


@pytest.fixture
def missouri(desk: Path, kiosk_home: Path) -> Path:
    """A station with the whole Missouri pack, this test's own."""
    return station.copy(desk / "station", kiosk_home)


@pytest.fixture
def short(desk: Path, kiosk_home: Path) -> Path:
    """A station whose visit is short, this test's own."""
    return station.copy(desk / "short", kiosk_home)
