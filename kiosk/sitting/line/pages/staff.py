"""Cards for the staff beside her: what to say, whom to call, what to think of. The answers stay hers (OX-04)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from kiosk.sitting.directory import to_call
from kiosk.sitting.line.page import AFRESH, Answer, Choice, Command, Page
from kiosk.sitting.planning import gapped
from kiosk.sitting.visit import OUTCOMES, TALK

if TYPE_CHECKING:
    from kiosk.sitting.line.face import LineFace
    from schema.pack import Card


class Cards(Page):
    """What the list and a card share: few words mean something, and one hides everything."""

    def commands(self) -> Mapping[str, Command]:
        """Hide, come back, pause, leave."""
        back: dict[str, Command] = {"back": self.back, "staff": self.hide, "hide": self.hide}
        return back | {"go-on": self.go_on, "pause": self.face.pause, "leave": self.leave}

    async def hide(self) -> Answer:
        """Take all of it away."""
        return "hide"


class StaffCards(Cards):
    """The list of this role's cards."""

    go_on_word = "staff-hide"

    def blocks(self) -> Iterable[str]:
        """Say what the list is."""
        yield self.words("staff-title")
        yield self.words("line-staff-body")

    def choices(self) -> Sequence[Choice]:
        """List the cards."""
        return [
            Choice(self.words.of(card.title), self.words(f"staff-kind-{card.kind}") if card.kind in TALK else "")
            for card in self.visit.cards
        ]

    async def choose(self, index: int) -> Answer:
        """Open a card."""
        goes = await self.face.serve(CardPage(self.face, self.visit.cards[index]))
        return goes if goes == "hide" else AFRESH


class CardPage(Cards):
    """One card. Enter comes back to the list."""

    go_on_word = "staff-back"

    def __init__(self, face: LineFace, card: Card) -> None:
        super().__init__(face)
        self._card = card

    def blocks(self) -> Iterable[str]:
        """Say the card; what can be ticked on it is numbered below."""
        words, card = self.words, self._card
        yield words.of(card.title)
        if card.kind in TALK:
            yield words(f"staff-kind-{card.kind}")
        if card.kind != "checklist":
            yield from map(words.of, card.lines)
        if card.kind == "elements":
            yield from self._elements()
        if card.kind == "call":
            for number, details in to_call(self.visit, words, "staff-hand-over"):
                yield number
                yield details

    def _elements(self) -> Iterable[str]:
        """Yield every part of a plan with its lines, to read and to say (SC-03)."""
        words = self.words
        yield words("staff-elements")
        for section in self.visit.pack.sections:
            yield ""
            yield words.of(section.title)
            cautions = (section.caution, *(line.caution for line in section.lines))
            yield from (f"! {words.of(caution)}" for caution in cautions if caution)
            yield from (f"- {gapped(line, words)}" for line in section.lines)

    def choices(self) -> Sequence[Choice]:
        """Number what can be ticked, or what came of the offer to call."""
        words, card = self.words, self._card
        if card.kind == "checklist":
            ticked = self.visit.checked
            return [Choice(words.of(line), chosen=(card.id, at) in ticked) for at, line in enumerate(card.lines)]
        if card.kind in ("call", "offer"):
            return [Choice(words(key), chosen=self.visit.referral is outcome) for key, outcome in OUTCOMES]
        return ()

    async def choose(self, index: int) -> Answer:
        """Tick in memory only; it ends with the sitting (SC-14)."""
        if self._card.kind == "checklist":
            self.visit.checked ^= {(self._card.id, index)}
            return AFRESH
        self.visit.referral = OUTCOMES[index][1]
        return "next"
