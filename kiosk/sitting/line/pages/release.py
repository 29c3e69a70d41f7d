"""The release (hud-facts: informed, written, limited in time): what leaves, to whom, until when. No is an answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kiosk.sitting.line.page import Answer, Choice, Page
from kiosk.sitting.record import month_in_words, release_until


class Release(Page):
    """Ask before anything could leave this station; nothing chosen is no."""

    def blocks(self) -> Iterable[str]:
        """Say what would leave, and ask."""
        page = self.face.page_of("release")
        yield self.words.of(page.title)
        for paragraph in page.body:
            yield self.words.of(paragraph).replace("{until}", self._until())

    def _until(self) -> str:
        return month_in_words(release_until(self.face.pack.release.months), self.words)

    def choices(self) -> Sequence[Choice]:
        """Offer yes and no."""
        words = self.words
        return [
            Choice(words("release-yes", until=self._until()), chosen=self.visit.release),
            Choice(words("release-no")),
        ]

    async def choose(self, index: int) -> Answer:
        """Take the answer along."""
        self.visit.release = index == 0
        return "next"
