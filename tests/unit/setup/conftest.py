"""A made-up keyring and a cheap passphrase for every test of set-up."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.desk.keys import derivation, storage
from kiosk.paths import Place
from tests.unit.setup.making import Keyring


@pytest.fixture(autouse=True)
def keyring(monkeypatch: pytest.MonkeyPatch) -> Keyring:
    """A made-up keyring instead of this machine's, and a passphrase that costs a test little."""
    found = Keyring()
    monkeypatch.setattr(storage, "KeyringStore", found.at)
    wrap = derivation.wrap
    cheap = derivation.Cost(memory_kib=64, passes=1, lanes=1)
    monkeypatch.setattr(derivation, "wrap", lambda seed, passphrase: wrap(seed, passphrase, cheap))
    return found


@pytest.fixture
def place(kiosk_home: Path) -> Place:
    """Where the kiosk will be."""
    return Place(kiosk_home)
