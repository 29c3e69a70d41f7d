"""The release (hud-facts: informed, written, limited in time): what leaves, to whom, until when. No is an answer."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from kiosk.sitting.record import month_in_words, release_until
from kiosk.sitting.screens.page import Page
from widgets.choices import Choice, ChoiceList


class Release(Page):
    """Ask before anything could leave this station; nothing chosen is no."""

    def body(self) -> Iterable[Widget]:
        """Say what would leave, and ask."""
        words, page = self.words, self.app.page("release")
        yield self.title_text(words.of(page.title))
        until = month_in_words(release_until(self.app.pack.release.months), words)
        for paragraph in page.body:
            yield self.paragraph(words.of(paragraph).replace("{until}", until))
        yield ChoiceList(
            [Choice(words("release-yes", until=until)), Choice(words("release-no"))],
            chosen=0 if self.visit.release else None,
            id="first",
        )

    def action_go_on(self) -> None:
        """Take the answer along."""
        self.visit.release = self.query_one(ChoiceList).chosen == 0
        self.leave_with("next")
