"""A region for tests: one server a run, a database a test, and a kiosk of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.made_up import Made, made_at
from tests.postgres import Database, Server, running


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with running() as started:
        yield started


@pytest.fixture
def region(server: Server) -> Iterator[Database]:
    """An empty region of this test's own."""
    database = Database(server)
    yield database
    database.drop()


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """A kiosk that keeps records in its own file."""
    return made_at(tmp_path / "kiosk")
