"""What has been chosen so far while a kiosk is being set up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kiosk.config import Station

if TYPE_CHECKING:
    from kiosk.vault.station_key import StationKey

DEFAULT_PACK = "us-mo"
"""The content pack that is proposed."""


@dataclass(slots=True)
class Draft:
    """Choices that can still change. Defaults are what `kiosk setup --yes` takes."""

    pack: str = DEFAULT_PACK
    language: str = ""
    """Empty for the pack's first."""
    role: str = "staff"
    station: str = "KIOSK-1"
    region: str = ""
    """Empty for the pack's own."""
    agency: str = ""
    """The agency that holds the records; set-up does not go on without one."""
    agency_label: str = ""
    """Its neutral name, for visitors; empty for its code."""
    agency_telephone: str = ""
    agency_hours: str = ""
    """When somebody answers there, in words."""
    agency_kind: str | None = None
    """For whom an advocate works; asked for that role alone."""
    provider: str | None = None
    """The victim service provider that keeps the list, by its code."""
    idle_seconds: int = 180
    panic_key: str | None = None
    allow_recorder: bool = False
    quit: bool = False
    """Whether the machine is somebody's own, so that Ctrl+Q on the home page may end the kiosk."""
    database: str | None = None
    """The region's PostgreSQL, where this station keeps its records there."""
    printer: str | None = None
    printer_columns: int = 42
    printer_codepage: str = "cp858"
    passphrase: str = field(default="", repr=False)
    """Protects the provider's key; empty on a station that takes a region file."""
    region_file: StationKey | None = field(default=None, repr=False)
    """What a provider elsewhere dealt to this station: it then holds no private key."""

    def take_region_file(self, key: StationKey) -> None:
        """Be the station that a region file was written for."""
        self.region_file = key
        self.station, self.region = key.station, key.region
        self.passphrase = ""
        if not self.agency and len(key.agencies) == 1:
            self.agency = key.agencies[0].code

    def settings(self) -> Station:
        """The settings as they will be written. Raises `UnfitSetting` that names what does not fit."""
        return Station(
            pack=self.pack,
            language=self.language,
            role=self.role,
            station=self.station,
            region=self.region,
            agency=self.agency,
            agency_kind=self.agency_kind,
            provider=self.provider,
            idle_seconds=self.idle_seconds,
            panic_key=self.panic_key,
            allow_recorder=self.allow_recorder,
            quit=self.quit,
            database=self.database,
            printer=self.printer,
            printer_columns=self.printer_columns,
            printer_codepage=self.printer_codepage,
        )
