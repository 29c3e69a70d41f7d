"""Asking whether headphones are in, before the first word is read aloud."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kiosk.sitting.pages.elements import Block, Kind, Offer
from kiosk.sitting.pages.page import Page, Reply

if TYPE_CHECKING:
    from kiosk.sitting.aloud import Aloud
    from kiosk.sitting.sitting import Sitting


class Headphones(Page):
    """Only a yes turns the voice on. Nothing chosen is no."""

    name = "headphones"
    common = ("back", "pause", "leave")

    def __init__(self, sitting: Sitting, aloud: Aloud) -> None:
        super().__init__(sitting)
        self._aloud = aloud

    def blocks(self) -> Iterable[Block]:
        """Ask."""
        yield Block(self.words("aloud-title"), Kind.TITLE)
        yield Block(self.words("aloud-body"))

    def offers(self) -> Sequence[Offer]:
        """Offer yes and no."""
        labels = self.words("aloud-yes"), self.words("aloud-no")
        return [Offer(label, chosen=at == self.chosen) for at, label in enumerate(labels)]

    def go_on(self) -> Reply:
        """Turn the voice on, or leave it off."""
        if self.chosen == 0:
            self._aloud.confirm()
        return "next"
