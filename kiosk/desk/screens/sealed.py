"""The window that writes every sealed record to a file, for another machine of the region."""

from __future__ import annotations

from kiosk.desk.screens.writing import FileWindow


class SealedWindow(FileWindow):
    """Everything as it lies here: nobody opens it but who can open this list."""

    question = "Write a sealed copy of all records"
    explained = (
        "For `kiosk import` on another machine of the region. It tells anybody else no more than how many there are."
    )
    proposed = "records.sealed"

    async def write(self, untrusted_name: str) -> str:
        """Write it, and read it back whole. Raises KioskError."""
        return await self.desk.carry_out(untrusted_name)
