"""How she comes back from a pause: two keys that she chooses, and that no page tells to anybody else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kiosk.sitting.pages.elements import Block, Kind, Offer
from kiosk.sitting.pages.page import Page, Reply
from kiosk.sitting.sitting import GESTURES

if TYPE_CHECKING:
    from kiosk.sitting.sitting import Sitting


class GesturePage(Page):
    """Choose one of a few."""

    name = "gesture"
    common = ("back", "pause", "leave")

    def __init__(self, sitting: Sitting) -> None:
        super().__init__(sitting)
        self.chosen = GESTURES.index(sitting.gesture)

    def blocks(self) -> Iterable[Block]:
        """Say what a pause is."""
        yield Block(self.words("gesture-title"), Kind.TITLE)
        yield Block(self.words("gesture-body"))

    def offers(self) -> Sequence[Offer]:
        """Name the keys."""
        return [
            Offer(self.words("gesture-keys", first=first, second=second), chosen=at == self.chosen)
            for at, (first, second) in enumerate(GESTURES)
        ]

    def go_on(self) -> Reply:
        """Use it from now on."""
        if self.chosen is not None:
            self.sitting.gesture = GESTURES[self.chosen]
        return "next"
