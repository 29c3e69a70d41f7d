"""A clerk that counts sheets of paper, and nothing else."""

from __future__ import annotations

from kiosk.sitting.clerkline import ClerkSilent

SHEET = "C3D4F"
"""The id that every sheet gets."""


class Counting:
    """A clerk that counts sheets, or has stopped doing so."""

    def __init__(self, *, silent: bool = False) -> None:
        self.sheets = 0
        self.silent = silent

    async def sheet(self) -> str:
        if self.silent:
            raise ClerkSilent
        self.sheets += 1
        return SHEET
