"""Choosing a language, each in its own name. Nothing that was said is lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kiosk.sitting.pages.elements import Block, Kind, Offer
from kiosk.sitting.pages.page import Page, Reply

if TYPE_CHECKING:
    from kiosk.sitting.sitting import Sitting


class LanguagePage(Page):
    """Choose by number, or line by line by name."""

    name = "language"
    common = ("back", "pause", "leave")

    def __init__(self, sitting: Sitting) -> None:
        super().__init__(sitting)
        self.languages = sitting.pack.languages
        self.chosen = next(at for at, each in enumerate(self.languages) if each.code == self.words.language)

    def blocks(self) -> Iterable[Block]:
        """Ask."""
        yield Block(self.words("language-title"), Kind.TITLE)

    def offers(self) -> Sequence[Offer]:
        """Name every language."""
        return [Offer(each.name, chosen=at == self.chosen) for at, each in enumerate(self.languages)]

    def go_on(self) -> Reply:
        """Speak it from now on."""
        if self.chosen is not None and self.languages[self.chosen].code != self.words.language:
            self.sitting.speak(self.languages[self.chosen].code)
        return "next"
