"""A clerk that counts sheets of paper and draws numbers that are nobody's, and nothing else."""

from __future__ import annotations

from kiosk.sitting.clerkline import ClerkSilent

SHEET = "C3D4F"
"""The id that every sheet gets."""
NOBODYS = 20_000_007
"""The number at the foot of every list of services."""


class Counting:
    """A clerk that counts sheets, or has stopped doing so."""

    def __init__(self, *, silent: bool = False) -> None:
        self.sheets = 0
        self.silent = silent

    async def number(self) -> int:
        return NOBODYS

    async def sheet_number(self) -> int:
        if self.silent:
            raise ClerkSilent
        return NOBODYS

    async def sheet(self) -> str:
        if self.silent:
            raise ClerkSilent
        self.sheets += 1
        return SHEET
