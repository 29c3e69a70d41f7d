"""The release (hud-facts: informed, written, limited in time): what leaves, to whom, until when. No is an answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.sitting.pages.elements import Block, Offer
from kiosk.sitting.pages.page import Doing, Page
from kiosk.sitting.summarising import month_in_words, release_until

if TYPE_CHECKING:
    from kiosk.sitting.sitting import Sitting


class Release(Page):
    """Ask before anything could leave this station; nothing chosen is no."""

    name = "release"
    open_question = True

    def __init__(self, sitting: Sitting) -> None:
        super().__init__(sitting)
        self.chosen = 0 if self.visit.release else None

    def blocks(self) -> Iterable[Block]:
        """Say what would leave, and until when."""
        for block in self.pack_page("release"):
            yield replace(block, text=block.text.replace("{until}", self._until()))

    def _until(self) -> str:
        return month_in_words(release_until(self.sitting.pack.release.months), self.words)

    def offers(self) -> Sequence[Offer]:
        """Offer yes and no."""
        labels = self.words("release-yes", until=self._until()), self.words("release-no")
        return [Offer(label, chosen=at == self.chosen) for at, label in enumerate(labels)]

    def go_on(self) -> Doing:
        """Take the answer along."""
        self.visit.release = self.chosen == 0
        return "next"
