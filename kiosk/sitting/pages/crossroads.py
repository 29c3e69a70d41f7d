"""A page that offers ways on (MO-22): the yes protocol, the choice of a list, the offer to plan. Never a form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kiosk.sitting.pages.elements import Block, Kind, Offer
from kiosk.sitting.pages.page import Page, Reply
from kiosk.sitting.transitions import taken, ways

if TYPE_CHECKING:
    from kiosk.sitting.sitting import Sitting
    from schema.pack import Crossroads


class CrossroadsPage(Page):
    """Offer the pack's ways on; nothing chosen goes on."""

    name = "crossroads-page"
    open_question = True

    def __init__(self, sitting: Sitting, crossroads: Crossroads) -> None:
        super().__init__(sitting)
        self.crossroads = crossroads
        self.ways = ways(self.visit, crossroads)
        self.chosen = taken(self.visit, self.ways)

    def blocks(self) -> Iterable[Block]:
        """Say the words."""
        yield Block(self.words.of(self.crossroads.title), Kind.TITLE)
        yield from (Block(self.words.of(paragraph)) for paragraph in self.crossroads.body)

    def offers(self) -> Sequence[Offer]:
        """Offer the ways."""
        return [
            Offer(self.words.of(way.label), self.words.of(way.help), chosen=at == self.chosen)
            for at, way in enumerate(self.ways)
        ]

    def go_on(self) -> Reply:
        """Take the way that is chosen, or just go on."""
        way = None if self.chosen is None else self.ways[self.chosen]
        self.visit.opens = None if way is None else way.opens
        return "next" if way is None else way.goes
