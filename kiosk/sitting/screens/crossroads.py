"""A page that offers ways on (MO-22): the yes protocol, the choice of a list, the offer to plan. Never a form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.widget import Widget

from kiosk.sitting.screens.page import Page
from schema.pack import Crossroads
from schema.summary import Pathway
from widgets.choices import Choice, ChoiceList

if TYPE_CHECKING:
    from kiosk.sitting.app import SittingApp

PATHWAYS = {"external": Pathway.EXTERNAL, "hmis": Pathway.HMIS, "undecided": Pathway.UNDECIDED}
"""The ways that choose a list."""


class CrossroadsPage(Page):
    """Offer the pack's ways on; nothing chosen goes on."""

    def __init__(self, sitting: SittingApp, crossroads: Crossroads) -> None:
        super().__init__(sitting)
        self.crossroads = crossroads
        policy = self.visit.policy
        self.ways = [way for way in crossroads.ways if way.goes != "plan" or policy.plan]

    def body(self) -> Iterable[Widget]:
        """Show the words and the ways."""
        yield self.title_text(self.words.of(self.crossroads.title))
        for paragraph in self.crossroads.body:
            yield self.paragraph(self.words.of(paragraph))
        yield ChoiceList(
            [Choice(self.words.of(way.label), self.words.of(way.help)) for way in self.ways],
            chosen=self._chosen_before(),
            id="first",
        )

    def _chosen_before(self) -> int | None:
        for index, way in enumerate(self.ways):
            if way.goes in PATHWAYS and PATHWAYS[way.goes] is self.visit.pathway and way.goes != "undecided":
                return index
        return None

    def action_go_on(self) -> None:
        """Take the chosen way."""
        chosen = self.query_one(ChoiceList).chosen
        goes = "next" if chosen is None else self.ways[chosen].goes
        if goes in PATHWAYS:
            self.visit.choose(PATHWAYS[goes])
        if goes == "leave":
            self.action_leave()
        else:
            self.leave_with(goes)
