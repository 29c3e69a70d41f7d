"""How the plan goes with her: spoken, by heart, on paper, or only here. Stored nowhere, read back when she asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.sitting.pages.elements import AFRESH, Block, Kind, Offer
from kiosk.sitting.pages.page import Act, Page, Reply
from kiosk.sitting.planning import MODES, ONWARD, recap, ways_along, who_helps
from schema.summary import PlanMode

if TYPE_CHECKING:
    from kiosk.sitting.sitting import Sitting
    from kiosk.sitting.visit import Visit


def hidden(visit: Visit, word: str) -> Visit:
    """Return the same visit with `word` in place of everything that she typed into her plan."""
    lines = {
        name: replace(made, blanks={gap: word if text else "" for gap, text in made.blanks.items()})
        for name, made in visit.plan.lines.items()
    }
    own = {name: [word if text else "" for text in texts] for name, texts in visit.plan.own.items()}
    return replace(visit, plan=replace(visit.plan, lines=lines, own=own))


class Take(Page):
    """The plan as it stands, and the ways to take it along that this role allows.

    Until she asks, code words are hidden; line by line, all that she typed.
    """

    name = "take"
    read_first = False

    def __init__(self, sitting: Sitting) -> None:
        super().__init__(sitting)
        self.unmasked = False
        printing = sitting.printing
        self.ways = ways_along(self.visit, plans_on_paper=printing is not None and printing.plans)

    def blocks(self) -> Iterable[Block]:
        """Say the plan."""
        words, by_line = self.words, self.sitting.by_line
        yield Block(words("take-title"), Kind.TITLE)
        if by_line and not self.unmasked:
            yield Block("", line=words("line-hidden", word=words("line-show")))
        shown = hidden(self.visit, words("line-typed")) if by_line and not self.unmasked else self.visit
        for section, lines in recap(shown, words, masked=not (by_line or self.unmasked)):
            yield Block(words.of(section.title), Kind.SECTION)
            yield from (Block(line, Kind.LINE) for line in lines)
        yield Block(who_helps(self.visit, words), Kind.SECTION)
        yield Block(words("take-body"))

    def offers(self) -> Sequence[Offer]:
        """Offer the ways."""
        words = self.words
        return [
            Offer(words(f"take-{way}"), words(f"take-{way}-help"), chosen=at == self.chosen)
            for at, way in enumerate(self.ways)
        ]

    def acts(self) -> Iterable[Act]:
        """Show what is hidden, or hide it again."""
        yield Act("hide" if self.unmasked else "show", self.unmask, key="F7", hint="key-unmask", typed=True)

    def unmask(self) -> Reply:
        """Show what is hidden, or hide it again."""
        self.unmasked = not self.unmasked
        return AFRESH

    def pick(self, index: int | None) -> Reply:
        """Note how the plan goes along. Once a sheet of it is out, it is printed, whatever she does beside that."""
        self.chosen = index
        if self.visit.plan_mode is not PlanMode.PRINTED:
            self.visit.plan_mode = PlanMode.NONE if index is None else MODES.get(self.ways[index], PlanMode.SPOKEN)
        return None

    def go_on(self) -> Reply:
        """Go where the chosen way has pages of its own, else on."""
        return "next" if self.chosen is None else ONWARD.get(self.ways[self.chosen], "next")
