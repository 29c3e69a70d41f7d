"""After Keep: the number, with a way to remember it, the phrase for a withdrawal, and where to ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kiosk.sitting.directory import service, where_to_ask
from kiosk.sitting.line.page import Command, Page
from kiosk.sitting.line.pages.home import entry
from kiosk.vault.numbers import show


class KeptPage(Page):
    """Said once, and only after the record was committed and read back. A kept record is not unkept by going back."""

    go_on_word = "i-know-it"

    def blocks(self) -> Iterable[str]:
        """Say number, rhythm, phrase and where to ask."""
        words, keeper = self.words, self.face.keeper
        number = show(keeper.number or 0)
        yield words("kept-practice" if self.face.settings.practice else "kept-title")
        yield number
        first, second, third = (" ".join(group) for group in number.split())
        yield words("memory-aid", first=first, second=second, third=third)
        yield words("phrase", phrase=keeper.phrase)
        yield words("phrase-help")
        yield words("where-to-ask")
        yield from (entry(service(each, words)) for each in where_to_ask(self.face.pack, self.visit.county))

    def commands(self) -> Mapping[str, Command]:
        """Leave out what changes answers: they are sealed now."""
        return {name: command for name, command in super().commands().items() if name not in ("back", "changed")}
