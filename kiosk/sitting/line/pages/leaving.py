"""How to leave in a hurry and what that does not protect from (P12), with a try before anything is asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kiosk.sitting.line.commands import spoken
from kiosk.sitting.line.page import Answer, Choice, Left, Page


class Leaving(Page):
    """The page before the first question."""

    private = False

    def blocks(self) -> Iterable[str]:
        """Say how to leave, and what leaving cannot do."""
        words, page = self.words, self.face.page_of("leaving")
        yield words.of(page.title)
        yield words("line-leaving", word=spoken("leave", words))
        yield from map(words.of, page.body)
        if self.face.settings.panic_key:
            yield words("one-more-key", name=self.face.settings.panic_key.upper())

    def choices(self) -> Sequence[Choice]:
        """Offer to try it now: nothing was said yet, so nothing is lost."""
        return [Choice(self.words("try-leaving"))]

    async def choose(self, index: int) -> Answer:
        """Leave, as a try."""
        raise Left
