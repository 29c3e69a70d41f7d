"""One part of the safety plan: numbered lines, cautions ahead of what they warn about, lines of her own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kiosk.sitting.line.page import AFRESH, Answer, Choice, Page
from kiosk.sitting.line.pages.blank import OwnLine, fill_in
from kiosk.sitting.line.pages.planline import PlanLinePage
from kiosk.sitting.planning import gapped
from schema.plan import OWN_LINES, LineState

if TYPE_CHECKING:
    from kiosk.sitting.line.face import LineFace
    from schema.pack import Line, Section


class SectionPage(Page):
    """A number takes a line into the plan and asks for what is open in it. What she typed is not shown again here."""

    go_on_word = "plan-done"

    def __init__(self, face: LineFace, section: Section) -> None:
        super().__init__(face)
        self._section = section

    def blocks(self) -> Iterable[str]:
        """Say the caution ahead of everything, and the intro."""
        words = self.words
        yield words.of(self._section.title)
        if self._section.caution:
            yield f"! {words.of(self._section.caution)}"
        yield words.of(self._section.intro)
        yield words("line-plan-keys-three" if self.visit.policy.three_states else "line-plan-keys")

    def choices(self) -> Sequence[Choice]:
        """List the lines, and room for lines of her own."""
        own = self.visit.plan.own.get(self._section.id, [])
        return [
            *map(self._line, self._section.lines),
            *(
                Choice(self.words("line-own"), chosen=index < len(own) and bool(own[index]))
                for index in range(OWN_LINES)
            ),
        ]

    def _line(self, line: Line) -> Choice:
        """Return a line with its caution ahead of it, and what became of it."""
        made = self.visit.plan.lines.get(line.id)
        label, caution = gapped(line, self.words), self.words.of(line.caution)
        if made is None:
            return Choice(label, caution=caution)
        three = self.visit.policy.three_states and made.state is not LineState.OPEN
        said = [f"[{self.words(f'state-{made.state.value}')}]"] if three else []
        said += [self.words("line-filled")] if any(made.blanks.values()) else []
        return Choice(label, " ".join(said), chosen=made.ticked and not three, caution=caution)

    async def choose(self, index: int) -> Answer:
        """Take a line into the plan, or open one that is in it."""
        if index >= len(self._section.lines):
            goes = await self.face.serve(OwnLine(self.face, self._section, index - len(self._section.lines)))
            return self._after(goes)
        line = self._section.lines[index]
        made = self.visit.plan.line(line.id)
        if made.ticked or self.visit.policy.three_states:
            return self._after(await self.face.serve(PlanLinePage(self.face, line)))
        made.ticked = True
        return self._after(await fill_in(self.face, line))

    @staticmethod
    def _after(goes: str) -> Answer:
        return AFRESH if goes in ("next", "back") else goes
