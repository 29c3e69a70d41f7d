"""The area's registry: its providers, what each is able and willing to do, and when somebody last called it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from kiosk.seal.record import Recipient
from schema.agency import Agency

EVERYWHERE: Final = "*"
"""Stands for every county of the pack."""

TAGS: Final = (
    *("trafficking", "lgbtq", "deaf", "immigrant", "tribal"),
    *("older", "teen", "male", "disability"),
)
"""Those whom general services miss most easily (MO-14)."""

FLAGS: Final = ("able", "willing", "optional_access_point", "outside_region", "must_speak_herself")
"""What is true or false of a provider."""


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider of the area."""

    agency: Agency
    """What a visitor may see of it."""
    counties: tuple[str, ...] = ()
    """Counties of the pack that it serves, or `EVERYWHERE` alone."""
    able: bool = False
    """Whether it is able to give the standard assessment (MO-04)."""
    willing: bool = False
    """Whether it is willing to, in this area (MO-04)."""
    optional_access_point: bool = False
    """Whether the region names it as an optional access point (MO-13)."""
    outside_region: bool = False
    """Whether it lies outside the region, which such an access point may (MO-13)."""
    must_speak_herself: bool = False
    """Whether it has to hear the visitor herself, so that staff hand over the telephone (MO-27)."""
    notes: str = ""
    """How its intake goes, for staff; no visitor reads it."""
    tags: tuple[str, ...] = ()
    """Of `TAGS`: for whom it is in particular."""
    last_called: date | None = None
    """The day when somebody last rang its number and was answered (MO-29)."""
    source: str = ""
    """Whose list it comes from, and of which day (MO-25)."""
    keys: tuple[Recipient, ...] = ()
    """Its public keys, each compared by voice."""

    @property
    def code(self) -> str:
        """Its code, unique in the area."""
        return self.agency.code

    def assesses_in(self, county: str) -> bool:
        """Whether it is named for this county, able and willing; a line for everywhere is not (MO-04)."""
        return self.able and self.willing and county in self.counties


@dataclass(frozen=True, slots=True)
class Area:
    """All providers whose lists are merged: a Continuum of Care, or a part of one."""

    code: str
    name: str
    pack: str
    """The id of the pack whose counties these are."""
    providers: tuple[Provider, ...] = ()

    def find(self, code: str) -> Provider | None:
        """Return the provider of this code."""
        return next((each for each in self.providers if each.code == code), None)

    def agencies(self) -> tuple[Agency, ...]:
        """Return what a visitor may see of each provider."""
        return tuple(each.agency for each in self.providers)

    def put(self, provider: Provider) -> Area:
        """Return the area with `provider` in the place of the one of its code, or added; sorted by code."""
        others = (each for each in self.providers if each.code != provider.code)
        return replace(self, providers=tuple(sorted((*others, provider), key=lambda each: each.code)))
