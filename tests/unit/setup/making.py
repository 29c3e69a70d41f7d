"""Making a kiosk in tests: a made-up keyring, and a draft that is complete."""

from __future__ import annotations

from pathlib import Path

from kiosk.desk.keys.storage import KeyringUnavailable
from kiosk.paths import Place
from kiosk.setup import create_kiosk
from kiosk.setup.draft import Draft
from kiosk.setup.offers import complete
from kiosk.setup.result_text import Made

PASSPHRASE = "four made up words"


class Keyring:
    """A made-up keyring: what it holds, and whether it serves."""

    def __init__(self) -> None:
        self.held: dict[Path, bytes] = {}
        self.serves = True

    def at(self, home: Path) -> _At:
        return _At(self, home)


class _At:
    """The keyring for one data folder."""

    def __init__(self, keyring: Keyring, home: Path) -> None:
        self.keyring, self.home = keyring, home

    def put(self, blob: bytes) -> None:
        if not self.keyring.serves:
            raise KeyringUnavailable("No made-up keyring serves here.")
        self.keyring.held[self.home] = blob

    def get(self) -> bytes | None:
        return self.keyring.held.get(self.home)

    def delete(self) -> None:
        self.keyring.held.pop(self.home, None)


def draft(**changes: object) -> Draft:
    """A complete draft of a kiosk with its desk."""
    made = Draft(passphrase=PASSPHRASE, agency="HARBOR")
    for name, value in changes.items():
        setattr(made, name, value)
    complete(made)
    return made


def build(place: Place, **changes: object) -> Made:
    """Make a kiosk."""
    return create_kiosk.make(place, draft(**changes), lambda step: None)
