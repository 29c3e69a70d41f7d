"""Cards for the staff beside her: what to say, whom to call, what to think of. The answers stay hers (OX-04)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kiosk.sitting.pages.call import Outcomes
from kiosk.sitting.pages.elements import Block, Kind, Offer
from kiosk.sitting.pages.page import Act, Open, Page, Reply, nothing_more
from kiosk.sitting.planning import gapped
from kiosk.sitting.visit import TALK

if TYPE_CHECKING:
    from kiosk.sitting.sitting import Sitting
    from schema.pack import Card


class StaffCards(Page):
    """The list of this role's cards; one key takes all of it away at once."""

    name = "staff-cards"
    heading = "staff-title"
    common = ("back", "pause", "leave")

    @property
    def go_on_word(self) -> str:  # type: ignore[override]
        """Going on opens the chosen card; line by line there is nothing to go on to."""
        return "staff-hide" if self.sitting.by_line else "staff-open"

    def blocks(self) -> Iterable[Block]:
        """Say what the list is."""
        yield Block("", Kind.TITLE, line=self.words("staff-title"))
        yield Block(self.words("staff-body"), line=self.words("line-staff-body"))

    def offers(self) -> Sequence[Offer]:
        """List the cards."""
        return [self._offer(card, at == self.chosen) for at, card in enumerate(self.visit.cards)]

    def _offer(self, card: Card, chosen: bool) -> Offer:
        title = self.words.of(card.title)
        kind = f"  ({self.words(f'staff-kind-{card.kind}')})" if card.kind in TALK else ""
        return Offer(f"{title}{kind}", chosen=chosen)

    def acts(self) -> Iterable[Act]:
        """Hide everything."""
        yield hiding()

    def go_on(self) -> Reply:
        """Open the chosen card."""
        if self.chosen is None:
            return "hide" if self.sitting.by_line else None
        return Open(CardPage(self.sitting, self.visit.cards[self.chosen]), self._closed)

    def _closed(self, goes: str) -> Reply:
        if self.sitting.by_line:
            self.chosen = None
        return goes if goes == "hide" else nothing_more(goes)


def hiding() -> Act:
    """Return the act that takes the cards away."""
    return Act("hide", lambda: "hide", "staff-hide", key="F5", hint="key-hide", also=("escape",), typed=True)


class CardPage(Outcomes):
    """One card; going on comes back to the list."""

    name = "card"
    heading = "staff-title"
    common = ("back", "pause", "leave")
    go_on_word = "staff-back"

    def __init__(self, sitting: Sitting, card: Card) -> None:
        super().__init__(sitting)
        self.card = card

    @property
    def ticks(self) -> bool:  # type: ignore[override]
        """A checklist is ticked in memory only; it ends with the sitting (SC-14)."""
        return self.card.kind == "checklist"

    def blocks(self) -> Iterable[Block]:
        """Say the card; what can be ticked on it comes below."""
        words, card = self.words, self.card
        yield Block(words.of(card.title), Kind.TITLE)
        if card.kind in TALK:
            yield Block(words(f"staff-kind-{card.kind}"), Kind.HINT)
        if not self.ticks:
            yield from (Block(words.of(line)) for line in card.lines)
        if card.kind == "elements":
            yield from self._elements()
        if card.kind == "call":
            yield from self.numbers("staff-hand-over")

    def _elements(self) -> Iterable[Block]:
        """Yield every part of a plan with its lines, to read and to say (SC-03)."""
        words = self.words
        yield Block(words("staff-elements"), Kind.HINT)
        for section in self.visit.pack.sections:
            yield Block(words.of(section.title), Kind.SECTION)
            cautions = (section.caution, *(line.caution for line in section.lines))
            yield from (Block(f"! {words.of(caution)}", Kind.LINE) for caution in cautions if caution)
            yield from (Block(f"- {gapped(line, words)}", Kind.LINE) for line in section.lines)

    def offers(self) -> Sequence[Offer]:
        """Return what can be ticked, or what came of the offer to call."""
        card, ticked = self.card, self.visit.checked
        if self.ticks:
            return [Offer(self.words.of(line), chosen=(card.id, at) in ticked) for at, line in enumerate(card.lines)]
        return super().offers() if card.kind in ("call", "offer") else ()

    def acts(self) -> Iterable[Act]:
        """Hide everything."""
        yield hiding()

    def pick(self, index: int | None) -> Reply:
        """Tick it, or note what came of the offer."""
        if self.ticks and index is not None:
            self.visit.checked ^= {(self.card.id, index)}
            return None
        return super().pick(index)
