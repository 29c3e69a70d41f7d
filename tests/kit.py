"""What tests of a sitting begin with: a snapshot of a real pack, as a station would hand it over."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import kiosk
from kiosk.content.snapshot import freeze
from kiosk.priority.profile import HUD_GENERIC_1
from kiosk.seal.record import Recipient
from kiosk.sitting.snapshot import Settings, Snapshot, at_station, thaw
from kiosk.sitting.visit import Visit
from schema.agency import Agency
from schema.pack import Pack

PACKS = Path(kiosk.__file__).parent / "packs"


@cache
def pack(name: str = "us-mo") -> Pack:
    """A built-in pack, frozen and thawed as for a sitting."""
    return thaw(Pack, json.loads(freeze(PACKS / name)))


HOLDER = Agency(
    "HARBOR", {"en": "Harbor housing line", "es": "Línea Harbor"}, "573-555-0100", {"en": "9 to 5", "es": "de 9 a 5"}
)
"""The made-up agency that holds a station's records."""


def snapshot(
    recipients: tuple[Recipient, ...] = (), name: str = "us-mo", holder: Agency | None = HOLDER, **changed: Any
) -> Snapshot:
    """A station's snapshot; settings can be changed by name."""
    settings: dict[str, Any] = {
        "language": "en",
        "role": "advocate",
        "station": "DESK1",
        "region": "MO-606",
        "agency": "HARBOR",
        "agency_kind": "shelter",
        "practice": False,
        "quit": True,
        "panic_key": None,
        "idle_seconds": 180,
        "warn_seconds": 30,
        "after_leaving": "home",
        "instrument": pack(name).instrument,
    } | changed
    public_keys = tuple((each.suite, each.public) for each in recipients)
    here = Settings(**settings)
    return Snapshot(here, public_keys, at_station(pack(name), here), HUD_GENERIC_1.read_text(), holder)


def visit(name: str = "us-mo", role: str = "advocate") -> Visit:
    """A visit that has just begun."""
    return Visit(pack=pack(name), role=role, language="en")
