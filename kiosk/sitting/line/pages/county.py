"""Choosing a county: its number, or its first letters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from kiosk.sitting.directory import ALL_COUNTIES
from kiosk.sitting.line.commands import folded
from kiosk.sitting.line.page import AFRESH, Answer, Choice, Command, Page

if TYPE_CHECKING:
    from kiosk.sitting.line.face import LineFace


class CountyPage(Page):
    """A list that letters make shorter."""

    go_on_word = "close"

    def __init__(self, face: LineFace) -> None:
        super().__init__(face)
        self._listed = (ALL_COUNTIES, *face.pack.counties)

    def blocks(self) -> Iterable[str]:
        """Ask."""
        yield self.words("county-title")
        yield self.words("line-county-hint")

    def choices(self) -> Sequence[Choice]:
        """List what the letters leave."""
        return [Choice(self.words("all-counties") if each == ALL_COUNTIES else each) for each in self._listed]

    def commands(self) -> Mapping[str, Command]:
        """Only what closes it, or more."""
        return {"go-on": self.go_on, "back": self.back, "pause": self.face.pause, "leave": self.leave}

    async def choose(self, index: int) -> Answer:
        """Take one."""
        chosen = self._listed[index]
        self.visit.county = None if chosen == ALL_COUNTIES else chosen
        return "next"

    async def take(self, text: str) -> Answer:
        """Take the one that is meant, or list those that may be."""
        names = {folded(each): each for each in self.face.pack.counties}
        start = folded(text)
        found = [each for name, each in names.items() if name.startswith(start)]
        found += [each for name, each in names.items() if start in name and each not in found]
        if not found:
            return self.face.say("line-no-county")
        if len(found) == 1 or start in names:
            self.visit.county = names.get(start, found[0])
            return "next"
        self._listed = (ALL_COUNTIES, *found)
        return AFRESH
