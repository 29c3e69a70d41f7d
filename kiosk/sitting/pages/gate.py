"""The privacy gate (MO-19): nothing is asked before she says that it is private enough here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kiosk.sitting.pages.page import Block, Offer, Page, Reply
from kiosk.sitting.transitions import enter

if TYPE_CHECKING:
    from kiosk.sitting.sitting import Sitting


class Gate(Page):
    """Ask whether it is safe to go on here. The first answer is yes, so that Enter goes on."""

    name = "gate"
    private = False

    def __init__(self, sitting: Sitting) -> None:
        super().__init__(sitting)
        self.chosen = 0

    def blocks(self) -> Iterable[Block]:
        """Ask."""
        return self.pack_page("gate")

    def offers(self) -> Sequence[Offer]:
        """Offer four answers; which of them was taken is not noted anywhere."""
        words = self.words
        labels = [
            (words("gate-yes"), ""),
            (words("gate-staff"), words("gate-staff-help")),
            (words("gate-no"), words("gate-no-help")),
            (words("gate-before"), words("gate-before-help")),
        ]
        return [Offer(label, help, chosen=at == self.chosen) for at, (label, help) in enumerate(labels)]

    def go_on(self) -> Reply:
        """Go on, alone or with staff (OR-09), or stay with ordinary services."""
        return enter(self.visit, self.chosen)
