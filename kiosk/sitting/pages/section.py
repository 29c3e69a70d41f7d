"""One part of the safety plan: lines to take and fill in, cautions ahead of what they warn about, lines of her own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kiosk.sitting.pages.elements import Block, Kind, Offer
from kiosk.sitting.pages.page import Page
from kiosk.sitting.planning import gapped, states
from kiosk.terminal.text import clean
from schema.plan import OWN_LINES, LineState, PlanLine

if TYPE_CHECKING:
    from kiosk.sitting.sitting import Sitting
    from schema.pack import Line, Section


class SectionPage(Page):
    """The lines of one part. Everything typed is kept as it is typed, in memory."""

    name = "section"
    go_on_word = "plan-done"

    def __init__(self, sitting: Sitting, section: Section) -> None:
        super().__init__(sitting)
        self.section = section
        self.states = states(self.visit)
        """What a line can be; the first is nothing yet."""

    @property
    def three_states(self) -> bool:
        """Whether three states are told apart (SL-01), else a line is in the plan or not."""
        return self.visit.policy.three_states

    def blocks(self) -> Iterable[Block]:
        """Say the caution ahead of everything, and the intro."""
        words = self.words
        yield Block(words.of(self.section.title), Kind.TITLE)
        yield Block(words.of(self.section.caution), Kind.CAUTION)
        yield Block(words.of(self.section.intro))
        if self.three_states:
            yield Block(words("plan-section-keys-three"), Kind.HINT, line=words("line-plan-keys-three"))
        else:
            yield Block(words("plan-section-keys"), Kind.HINT, line=words("line-plan-keys"))

    def offers(self) -> Sequence[Offer]:
        """List the lines with their reasons and what became of them, and room for lines of her own."""
        own = [Offer(self.words("line-own"), chosen=bool(text)) for text in self.own()]
        return [*map(self._offer, self.section.lines), *own]

    def _offer(self, line: Line) -> Offer:
        words, made = self.words, self.visit.plan.lines.get(line.id)
        said = [words.of(line.why)]
        marked = made is not None and made.state is not LineState.OPEN
        if made is not None and marked and self.three_states:
            said.append(f"[{words(f'state-{made.state.value}')}]")
        if made is not None and any(made.blanks.values()):
            said.append(words("line-filled"))
        ticked = made is not None and made.ticked and not self.three_states
        return Offer(gapped(line, words), " ".join(filter(None, said)), chosen=ticked, caution=words.of(line.caution))

    def made(self, line: Line) -> PlanLine:
        """Return what she made of a line; to look at it makes nothing of it."""
        return self.visit.plan.lines.get(line.id) or PlanLine()

    def mark(self, line: Line, state: LineState) -> None:
        """Say what a line is to her."""
        self.visit.plan.line(line.id).state = state

    def fill(self, line: Line, gap: str, text: str) -> None:
        """Fill a gap of a line."""
        self.visit.plan.line(line.id).blanks[gap] = clean(text)

    def filled(self, line: Line, gap: str) -> str:
        """Return what stands in a gap: her words, else the pack's own number where one belongs there."""
        return self.made(line).blanks.get(gap) or (self.words.hotline if line.blanks[gap].fill == "hotline" else "")

    def own(self) -> list[str]:
        """Return the lines of her own, as many as there is room for."""
        own = self.visit.plan.own.get(self.section.id, [])
        return [own[at] if at < len(own) else "" for at in range(OWN_LINES)]

    def write(self, at: int, text: str) -> None:
        """Keep a line of her own."""
        self.visit.plan.own.setdefault(self.section.id, [""] * OWN_LINES)[at] = clean(text)
