"""A line of the plan, opened: what becomes of it, what is open in it, or out with it again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kiosk.sitting.line.page import AFRESH, Answer, Choice, Page
from kiosk.sitting.line.pages.blank import BlankPage, fill_in
from kiosk.sitting.planning import gapped, states
from schema.plan import LineState

if TYPE_CHECKING:
    from kiosk.sitting.line.face import LineFace
    from schema.pack import Line


class PlanLinePage(Page):
    """Where three states are told apart they come first; then the line goes out, or its gaps are filled."""

    go_on_word = "close"

    def __init__(self, face: LineFace, line: Line) -> None:
        super().__init__(face)
        self._line = line
        self._made = self.visit.plan.line(line.id)
        self._marks = states(self.visit)[1:] if self.visit.policy.three_states else ()

    def blocks(self) -> Iterable[str]:
        """Say the line, its caution ahead of it."""
        if self._line.caution:
            yield f"! {self.words.of(self._line.caution)}"
        yield gapped(self._line, self.words)

    def choices(self) -> Sequence[Choice]:
        """Offer what can become of it, to take it out, and each gap."""
        marks = [Choice(self.words(f"state-{each.value}"), chosen=each is self._made.state) for each in self._marks]
        gaps = [
            Choice(
                self.words("line-gap", label=self.words.of(blank.label)),
                self.words("line-filled") if self._made.blanks.get(name) else "",
            )
            for name, blank in self._line.blanks.items()
        ]
        return [*marks, Choice(self.words("line-take-out")), *gaps]

    def why(self) -> str:
        """Say why this line may help."""
        return self.words.of(self._line.why) or super().why()

    async def choose(self, index: int) -> Answer:
        """Mark the line, take it out, or fill a gap."""
        if index < len(self._marks):
            self._made.state = self._marks[index]
            return await fill_in(self.face, self._line) if self._made.ticked else "next"
        index -= len(self._marks)
        if index == 0:
            self._made.state = LineState.OPEN
            return "next"
        goes = await self.face.serve(BlankPage(self.face, self._line, list(self._line.blanks)[index - 1]))
        return AFRESH if goes in ("next", "back") else goes
