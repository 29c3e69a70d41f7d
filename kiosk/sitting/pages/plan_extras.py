"""What belongs to the whole plan: her word for the person it is about (OR-05), and who helps (SC-08)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kiosk.sitting.pages.elements import Block, Kind, Offer
from kiosk.sitting.pages.page import Page, Reply

if TYPE_CHECKING:
    from kiosk.sitting.sitting import Sitting


class PersonWord(Page):
    """Pick one of the pack's words for the person it is about."""

    name = "person-word"
    common = ("back", "pause", "leave")

    def __init__(self, sitting: Sitting) -> None:
        super().__init__(sitting)
        self.chosen = self.words.someone

    def blocks(self) -> Iterable[Block]:
        """Ask."""
        yield Block(self.words("someone-title"), Kind.TITLE)

    def offers(self) -> Sequence[Offer]:
        """List the pack's words."""
        return [
            Offer(self.words.of(each.label), chosen=at == self.chosen)
            for at, each in enumerate(self.sitting.pack.person_words)
        ]

    def go_on(self) -> Reply:
        """Use it from now on, on every page."""
        if self.chosen is not None and self.chosen != self.words.someone:
            self.sitting.call_someone(self.chosen)
        return "next"


class Helping(Page):
    """Tick the pack's kinds of helpers. Nobody is named, and nothing can be typed."""

    name = "helping"
    ticks = True
    go_on_word = "plan-done"

    def blocks(self) -> Iterable[Block]:
        """Ask."""
        yield Block(self.words("helpers-title"), Kind.TITLE)
        yield Block(self.words("helpers-body"))

    def offers(self) -> Sequence[Offer]:
        """List the kinds."""
        helpers = self.visit.plan.helpers
        return [Offer(self.words.of(each.label), chosen=each.id in helpers) for each in self.sitting.pack.helpers]

    def pick(self, index: int | None) -> Reply:
        """Tick it, or take it back."""
        if index is not None:
            self.visit.plan.helpers ^= {self.sitting.pack.helpers[index].id}
        return None
