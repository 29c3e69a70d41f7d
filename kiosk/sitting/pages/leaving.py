"""How to leave in a hurry and what that does not protect from (P12), with a try before anything is asked."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.sitting.pages.elements import LEAVE, Block
from kiosk.sitting.pages.page import Act, Page


class Leaving(Page):
    """The page before the first question."""

    name = "leaving"
    private = False

    def blocks(self) -> Iterable[Block]:
        """Say how to leave, and what leaving cannot do."""
        words = self.words
        title, *paragraphs = self.pack_page("leaving")
        yield title
        yield Block("", line=words("line-leaving", word=words("line-leave")))
        yield from paragraphs
        if self.sitting.settings.panic_key:
            yield Block(words("one-more-key", name=self.sitting.settings.panic_key.upper()))

    def acts(self) -> Iterable[Act]:
        """Offer to try it now: nothing was said yet, so nothing is lost."""
        yield Act("try", lambda: LEAVE, "try-leaving", numbered=True)
