"""All that would be stored, in words, with the number that would be hers. Only Keep keeps; going on never does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kiosk.sitting.keeping import Result
from kiosk.sitting.pages.page import Act, Block, Doing, Kind, Page, Reply, Say
from kiosk.sitting.summarising import in_words
from kiosk.vault.numbers import show

if TYPE_CHECKING:
    from kiosk.sitting.sitting import Sitting


class Review(Page):
    """The review page. Keep and keep nothing weigh the same."""

    name = "review"
    go_on_word = "keep-nothing"
    numbers_going_on = "last"

    def __init__(self, sitting: Sitting) -> None:
        super().__init__(sitting)
        self._failed: Result | None = None

    def blocks(self) -> Iterable[Block]:
        """Say the number, then every stored answer, then what a panic can no longer undo."""
        words = self.words
        yield Block(words("review-title"), Kind.TITLE)
        yield Block("" if self._failed is None else words(self._failed.value), Kind.PROBLEM)
        yield Block(self._number(), Kind.STATE)
        yield Block(words("review-body"))
        yield from (Block(f"{label}: {answer}", Kind.RECORD) for label, answer in in_words(self.visit, words))
        yield Block(words("review-never"), Kind.HINT)
        yield Block(words("review-window"), Kind.HINT)

    def _number(self) -> str:
        if self.busy:
            return self.words("keeping")
        if self._failed is not None:
            return self.words("number-none")
        number = self.sitting.keeper.number
        return self.words("number-coming") if number is None else self.words("number-not-yet", number=show(number))

    def _stands(self) -> Reply:
        """Say how it stands with the number."""
        failed = "" if self._failed is None else f"{self.words(self._failed.value)} "
        return Say(f"{failed}{self._number()}")

    def acts(self) -> Iterable[Act]:
        """Offer to keep, with the same weight as to keep nothing."""
        word = "keep" if self._failed is None else "try-again"
        yield Act("keep", self.keep, word, key="F10", hint="key-keep", typed=True, numbered=True, main=True)

    def arrive(self) -> Doing:
        """Have a number put aside; nothing is on any disk."""
        return self._put_aside() if self.sitting.keeper.number is None else None

    async def _put_aside(self) -> Reply:
        self._failed = None if await self.sitting.keeper.put_aside() else Result.OTHER
        return self._stands()

    def keep(self) -> Doing:
        """Keep it: seal, commit, read back; then, and only then, say so."""
        if self.busy:
            return None
        self.busy, self._failed = True, None
        self.news(self.words("keeping"))
        return self._keep()

    async def _keep(self) -> Reply:
        try:
            result = await self.sitting.keeper.keep(self.visit)
        finally:
            self.busy = False
        if result is Result.KEPT:
            return "kept"
        self._failed = result
        return self._stands()
