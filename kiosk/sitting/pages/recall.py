"""Number and words from memory: not shown here, and what is typed is only compared with them."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.seal.phrase import normalised
from kiosk.sitting.pages.elements import Block, Kind, Say
from kiosk.sitting.pages.number_and_words import NumberAndWords
from kiosk.sitting.pages.page import Act, Reply


class Recall(NumberAndWords):
    """Both right leads back to the page that has them, which then says so."""

    name = "recall"
    common = ("why", "back", "pause", "leave")
    go_on_word = "number-show"

    def blocks(self) -> Iterable[Block]:
        """Ask."""
        yield Block(self.words("recall-title"), Kind.TITLE)
        yield Block(self.words("recall-body"))
        if (holder := self.sitting.snapshot.holder) is not None:
            yield Block(self.words("ask-recall", agency=self.words.of(holder.label)), Kind.HINT)

    def acts(self) -> Iterable[Act]:
        """Compare."""
        yield Act("check", self.check, "number-check", numbered=True, main=True, asks=True)

    def go_on(self) -> Reply:
        """Look at them once more."""
        return "back"

    def check(self) -> Reply:
        """Say what is not right yet."""
        keeper = self.sitting.keeper
        if self.number != keeper.number:
            return Say(self.words("recall-number"))
        return "next" if normalised(self.phrase) == normalised(keeper.phrase) else Say(self.words("recall-words"))
