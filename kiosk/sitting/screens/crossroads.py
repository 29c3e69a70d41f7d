"""A page that offers ways on (MO-22): the yes protocol, the choice of a list, the offer to plan. Never a form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.widget import Widget

from kiosk.sitting.screens.page import Page
from kiosk.sitting.ways import taken, ways
from schema.pack import Crossroads
from widgets.choices import Choice, ChoiceList

if TYPE_CHECKING:
    from kiosk.sitting.app import SittingApp


class CrossroadsPage(Page):
    """Offer the pack's ways on; nothing chosen goes on."""

    def __init__(self, sitting: SittingApp, crossroads: Crossroads) -> None:
        super().__init__(sitting)
        self.crossroads = crossroads
        self.ways = ways(self.visit, crossroads)

    def body(self) -> Iterable[Widget]:
        """Show the words and the ways."""
        yield self.title_text(self.words.of(self.crossroads.title))
        for paragraph in self.crossroads.body:
            yield self.paragraph(self.words.of(paragraph))
        yield ChoiceList(
            [Choice(self.words.of(way.label), self.words.of(way.help)) for way in self.ways],
            chosen=taken(self.visit, self.ways),
            id="first",
        )

    def action_go_on(self) -> None:
        """Take the chosen way."""
        chosen = self.query_one(ChoiceList).chosen
        goes = "next" if chosen is None else self.ways[chosen].goes
        self.visit.opens = None if chosen is None else self.ways[chosen].opens
        if goes == "leave":
            self.action_leave()
        else:
            self.leave_with(goes)
