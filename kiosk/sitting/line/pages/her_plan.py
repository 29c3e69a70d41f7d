"""What belongs to the whole plan: her word for the person it is about (OR-05), and who helps (SC-08)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kiosk.sitting.line.page import AFRESH, Answer, Choice, Page
from kiosk.sitting.words import Words


class PersonWord(Page):
    """A number picks the word; Enter leaves it as it is."""

    go_on_word = "plan-done"

    def blocks(self) -> Iterable[str]:
        """Ask."""
        yield self.words("someone-title")

    def choices(self) -> Sequence[Choice]:
        """List the pack's words."""
        return [
            Choice(self.words.of(each.label), chosen=index == self.words.someone)
            for index, each in enumerate(self.face.pack.person_words)
        ]

    async def choose(self, index: int) -> Answer:
        """Use it from now on."""
        self.face.words = Words(self.face.pack, self.words.language, index)
        return "next"


class Helping(Page):
    """A number ticks a kind of helper, or takes it back. Nobody is named."""

    go_on_word = "plan-done"

    def blocks(self) -> Iterable[str]:
        """Ask."""
        yield self.words("helpers-title")
        yield self.words("helpers-body")

    def choices(self) -> Sequence[Choice]:
        """List the kinds."""
        helpers = self.visit.plan.helpers
        return [Choice(self.words.of(each.label), chosen=each.id in helpers) for each in self.face.pack.helpers]

    async def choose(self, index: int) -> Answer:
        """Tick it, or take it back."""
        self.visit.plan.helpers ^= {self.face.pack.helpers[index].id}
        return AFRESH
