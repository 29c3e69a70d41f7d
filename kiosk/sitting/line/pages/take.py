"""How the plan goes with her: spoken, by heart, on paper, or only here. Stored nowhere, read back when she asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.sitting.line.commands import spoken
from kiosk.sitting.line.page import AFRESH, Answer, Choice, Command, Page
from kiosk.sitting.planning import MODES, ONWARD, recap, ways_along, who_helps
from schema.summary import PlanMode

if TYPE_CHECKING:
    from kiosk.sitting.line.face import LineFace
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
    """The plan as it stands, what she typed hidden until she asks, and the ways that this role allows."""

    def __init__(self, face: LineFace) -> None:
        super().__init__(face)
        self._whole = False
        self._ways = ways_along(self.visit, face.printing)

    def blocks(self) -> Iterable[str]:
        """Say the plan."""
        words = self.words
        yield words("take-title")
        if not self._whole:
            yield words("line-hidden", word=spoken("show", words))
        shown = self.visit if self._whole else hidden(self.visit, words("line-typed"))
        for section, lines in recap(shown, words, masked=False):
            yield ""
            yield words.of(section.title)
            yield from lines
        helping = who_helps(self.visit, words)
        if helping:
            yield helping
        yield ""
        yield words("take-body")

    def choices(self) -> Sequence[Choice]:
        """Offer the ways."""
        return [Choice(self.words(f"take-{way}"), self.words(f"take-{way}-help")) for way in self._ways]

    def commands(self) -> Mapping[str, Command]:
        """Show what she typed, or hide it again."""
        return {**super().commands(), "hide" if self._whole else "show": self.show}

    async def show(self) -> Answer:
        """Show what she typed, or hide it again."""
        self._whole = not self._whole
        return AFRESH

    async def choose(self, index: int) -> Answer:
        """Go where the chosen way has pages of its own, else on."""
        way = self._ways[index]
        if self.visit.plan_mode is not PlanMode.PRINTED:  # a sheet of it is out, whatever she does beside that
            self.visit.plan_mode = MODES.get(way, PlanMode.SPOKEN)
        return ONWARD.get(way, "next")
