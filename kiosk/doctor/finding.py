"""What a check says: whether a wish is fulfilled, how bad it is when not, and the mend."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.config import Station
    from kiosk.errors import KioskError
    from kiosk.paths import Place
    from kiosk.vault.postgres.server_settings import Look


class Severity(IntEnum):
    """How bad an unfulfilled wish is; the worst of all decides how `kiosk doctor` ends."""

    NOTE = 0
    """Good to know; nothing promised depends on it."""
    WEAK = 1
    """A second wall is missing: the promises hold, and less stands behind them."""
    BROKEN = 2
    """A promise does not hold here, or no visitor can be served."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer of one check."""

    fulfilled: bool
    said: str
    """What was found, one sentence; codes and counts, nothing of any visitor."""
    severity: Severity = Severity.NOTE
    mend: str = ""
    """What to do, one sentence."""


def good(said: str) -> Finding:
    """The wish is fulfilled."""
    return Finding(True, said)


def note(said: str, mend: str) -> Finding:
    """It is not, and that is worth knowing."""
    return Finding(False, said, Severity.NOTE, mend)


def weak(said: str, mend: str) -> Finding:
    """It is not, and less stands behind a promise."""
    return Finding(False, said, Severity.WEAK, mend)


def broken(said: str, mend: str) -> Finding:
    """It is not, and a promise is not kept here."""
    return Finding(False, said, Severity.BROKEN, mend)


@dataclass(frozen=True)
class Host:
    """Where checks look. Tests give it a folder of their own for the machine's."""

    place: Place
    root: Path = Path("/")
    """Stands for `/`: what the kernel tells lies in its `proc` and `sys`."""
    environ: dict[str, str] = field(default_factory=lambda: dict(os.environ))
    """The environment that the command was given, before it was cleaned."""
    terminal: int = 0
    """The descriptor of the terminal that is looked at."""

    @property
    def folder(self) -> Path:
        """The data folder, or where it would be made."""
        return next(each for each in (self.place.home, *self.place.home.parents) if each.exists())

    def read(self, path: str) -> str:
        """The text of a file of the machine; empty where there is none that can be read."""
        try:
            return (self.root / path).read_text(errors="replace").strip()
        except OSError:
            return ""

    @property
    def by_root(self) -> bool:
        """Whether the kiosk runs as root here."""
        return self.read("proc/self/status").partition("\nUid:")[2].split()[:1] == ["0"]

    @cached_property
    def station(self) -> Station:
        """This station's settings. Raises a `KioskError` where they cannot be read."""
        from kiosk import config

        return config.read(self.place.station_toml)

    @cached_property
    def region(self) -> Look | KioskError | None:
        """What the region's server says, or why it says nothing; asked once. `None` where there is no region."""
        from kiosk.config import region_of
        from kiosk.errors import KioskError
        from kiosk.vault.postgres.server_settings import look

        try:
            address = region_of(self.place)
            return None if address is None else look(address, self.place.home)
        except KioskError as error:
            return error
