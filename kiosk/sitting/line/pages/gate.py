"""The privacy gate (MO-19): nothing is asked before she says that it is private enough here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kiosk.sitting.line.page import Answer, Choice, Page
from kiosk.sitting.ways import enter


class Gate(Page):
    """Ask whether it is safe to go on here. Enter alone says yes."""

    private = False

    def blocks(self) -> Iterable[str]:
        """Ask."""
        page = self.face.page_of("gate")
        yield self.words.of(page.title)
        yield from map(self.words.of, page.body)

    def choices(self) -> Sequence[Choice]:
        """Offer four answers, the first of them chosen."""
        return [
            Choice(self.words("gate-yes"), chosen=True),
            Choice(self.words("gate-staff"), self.words("gate-staff-help")),
            Choice(self.words("gate-no"), self.words("gate-no-help")),
            Choice(self.words("gate-before"), self.words("gate-before-help")),
        ]

    async def choose(self, index: int) -> Answer:
        """Go on, or stay with ordinary services; which of them is not noted anywhere."""
        return enter(self.visit, index)

    async def go_on(self) -> Answer:
        """Say yes, alone."""
        return enter(self.visit, 0)
