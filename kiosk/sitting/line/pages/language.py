"""Choosing a language, each in its own name. Nothing that was said is lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kiosk.sitting.line.commands import folded
from kiosk.sitting.line.page import Answer, Choice, Command, Page


class LanguagePage(Page):
    """Choose by number, or type the name."""

    go_on_word = "close"

    def blocks(self) -> Iterable[str]:
        """Ask."""
        yield self.words("language-title")

    def choices(self) -> Sequence[Choice]:
        """Name every language."""
        return [Choice(each.name, chosen=each.code == self.words.language) for each in self.face.pack.languages]

    def commands(self) -> Mapping[str, Command]:
        """Only what closes it, or more."""
        return {"go-on": self.go_on, "back": self.back, "pause": self.face.pause, "leave": self.leave}

    async def choose(self, index: int) -> Answer:
        """Speak it from now on."""
        self.face.speak(self.face.pack.languages[index].code)
        return "next"

    async def take(self, text: str) -> Answer:
        """Take a name for its number."""
        for index, language in enumerate(self.face.pack.languages):
            if folded(text) in (folded(language.name), language.code):
                return await self.choose(index)
        return self.face.unknown()
