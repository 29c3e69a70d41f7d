"""How the plan goes with her: spoken, by heart, on paper, or only here on the screen. It is stored nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import on
from textual.widget import Widget

from kiosk.sitting.planning import MODES, ONWARD, recap, ways_along, who_helps
from kiosk.sitting.screens.page import Page
from schema.summary import PlanMode
from widgets.choices import Choice, ChoiceList
from widgets.keybar import Key

if TYPE_CHECKING:
    from kiosk.sitting.app import SittingApp


class Take(Page):
    """The plan as it stands, and the ways to take it along that this role allows."""

    def __init__(self, sitting: SittingApp) -> None:
        super().__init__(sitting)
        self.unmasked = False
        self.ways = ways_along(self.visit, sitting.printing)

    def body(self) -> Iterable[Widget]:
        """Show the plan and the ways."""
        words = self.words
        yield self.title_text(words("take-title"))
        for section, lines in recap(self.visit, words, masked=not self.unmasked):
            yield self.paragraph(words.of(section.title), "section")
            for line in lines:
                yield self.paragraph(line, "plan-line")
        helping = who_helps(self.visit, words)
        if helping:
            yield self.paragraph(helping, "section")
        yield self.paragraph(words("take-body"))
        yield ChoiceList([Choice(words(f"take-{way}"), words(f"take-{way}-help")) for way in self.ways], id="first")

    def hints(self) -> Iterable[Key]:
        """Add the key that shows code words."""
        for key in super().hints():
            if key.key == "F9":
                yield Key("F7", self.words("key-unmask"), "unmask")
            yield key

    BINDINGS = [("f7", "unmask", "")]

    async def action_unmask(self) -> None:
        """Show code words, or hide them again."""
        self.unmasked = not self.unmasked
        await self.say_in_another_language()

    @on(ChoiceList.Chosen)
    def _chosen(self, event: ChoiceList.Chosen) -> None:
        if self.visit.plan_mode is PlanMode.PRINTED:
            return  # a sheet of it is out, whatever she does beside that
        way = None if event.index is None else self.ways[event.index]
        self.visit.plan_mode = PlanMode.NONE if way is None else MODES.get(way, PlanMode.SPOKEN)

    def action_go_on(self) -> None:
        """Go where the chosen way has pages of its own, else on."""
        chosen = self.query_one(ChoiceList).chosen
        self.leave_with("next" if chosen is None else ONWARD.get(self.ways[chosen], "next"))
