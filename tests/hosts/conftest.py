"""A station that is reached over SSH, and its server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults import station
from tests.hosts.server import Server


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the passphrase and a station whose visit is short."""
    folder = tmp_path_factory.mktemp("desk")
    station.shorten(station.copy(station.set_up(folder), folder / "short"))
    return folder


@pytest.fixture
def server(desk: Path, kiosk_home: Path, tmp_path: Path) -> Iterator[Server]:
    """An sshd that serves this test's station."""
    folder = tmp_path / "sshd"
    folder.mkdir(mode=0o700)
    with Server(folder, station.copy(desk / "short", kiosk_home)) as running:
        yield running
