"""After Keep: the number, with a way to remember it, the phrase for a withdrawal, and where to ask."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.sitting.directory import service, where_to_ask
from kiosk.sitting.pages.home import entry
from kiosk.sitting.pages.page import Block, Kind, Page
from kiosk.vault.numbers import show


class KeptPage(Page):
    """Said once, and only after the record was committed and read back. A kept record is not unkept by going back."""

    name = "kept"
    common = ("why", "language", "staff", "pause", "leave", "voice")
    go_on_word = "i-know-it"

    def blocks(self) -> Iterable[Block]:
        """Say number, rhythm, phrase and where to ask."""
        words, keeper = self.words, self.sitting.keeper
        number = show(keeper.number or 0)
        first, second, third = (" ".join(group) for group in number.split())
        yield Block(words("kept-practice" if self.sitting.settings.practice else "kept-title"), Kind.TITLE)
        yield Block(number, Kind.LARGE_NUMBER)
        yield Block(words("memory-aid", first=first, second=second, third=third))
        yield Block(words("phrase", phrase=keeper.phrase), Kind.PHRASE)
        yield Block(words("phrase-help"))
        yield Block(words("where-to-ask"), Kind.SECTION)
        for resource in where_to_ask(self.sitting.pack, self.visit.county):
            yield entry(service(resource, words))
