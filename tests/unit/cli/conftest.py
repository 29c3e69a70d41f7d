"""A made-up desk and a passphrase file for every test of the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.desk.keys import derivation, storage
from kiosk.directory import area_file
from kiosk.directory.area import Area, Provider
from tests.made_up import HARBOR, SEED, Made, made_at

PASSPHRASE = "four made up words"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A private passphrase file."""
    path = tmp_path / "passphrase"
    path.touch(mode=0o600)
    path.write_text(PASSPHRASE + "\n")
    return path


@pytest.fixture
def desk(kiosk_home: Path) -> Made:
    """A made-up kiosk with its desk, its key wrapped cheaply in a file."""
    made = made_at(kiosk_home)
    cheap = derivation.Cost(memory_kib=64, passes=1, lanes=1)
    storage.FileStore(made.place.provider_key).put(derivation.wrap(SEED, PASSPHRASE, cheap))
    area_file.write(made.place.area_toml, Area("MO-606", "Made Up Area", "us-mo", (Provider(HARBOR),)))
    return made
