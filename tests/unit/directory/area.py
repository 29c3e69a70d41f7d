"""A made-up area of two counties, and what its file says."""

from __future__ import annotations

from pathlib import Path

from kiosk.directory.area import Area, Provider
from kiosk.directory.area_file import write
from schema.agency import Agency

RIVER = Agency(
    "RIVER",
    {"en": "River housing line", "es": "Línea de vivienda River"},
    "573-555-0100",
    {"en": "Monday to Friday, 9 to 5", "es": "de lunes a viernes, de 9 a 5"},
)
HARBOR = Agency("HARBOR-2", {"en": "Harbor help"}, "800-555-0101", {"en": "day and night"})
COUNTIES = ("Cedar County", "Lake County", "North County", "River County")
"""Those of the practice pack."""


def area(*providers: Provider) -> Area:
    """The area with these providers."""
    return Area("PRACTICE", "Made Up Area", "practice", providers)


def kept(home: Path, *providers: Provider) -> Path:
    """A provider's folder that holds this area; returns the file."""
    home.mkdir(mode=0o700, exist_ok=True)
    write(home / "area.toml", area(*providers))
    return home / "area.toml"
