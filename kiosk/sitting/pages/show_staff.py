"""A page to turn towards the staff, so that nothing has to be said out loud: in large plain words, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.sitting.pages.elements import Block, Kind
from kiosk.sitting.pages.page import Page


class ShowStaff(Page):
    """One card that asks for help."""

    name = "show-staff"
    go_on_word = "close"

    def blocks(self) -> Iterable[Block]:
        """Say what to do with the page, then the card."""
        yield Block(self.words("show-staff-title"), Kind.TITLE)
        yield Block(self.words("show-staff-card"), Kind.CARD)
        yield Block(self.words("show-staff-after"))
